package io.regrade.ledger.pack;

/**
 * Cuts canonical JSON into phrases, which are the same in many bodies, and what varies between them: numbers of two digits
 * and more, also inside sentences, names of facts such as {@code f12}, and strings with a digit and without a space.
 */
final class Scan {

    /** What varies. */
    enum Kind {
        /** The number of a fact's name, without the quotes and the letter. */
        FACT,
        /** Digits, with a point among them or without. */
        NUMBER,
        /** What is between the quotes of a string. */
        NAME,
        /** What is between the quotes of the string under the key {@code bins}. */
        BINS,
        /** Nothing: the body ends. */
        END
    }

    /** Takes what is found. */
    interface Sink {
        /**
         * A phrase and what comes after it.
         *
         * @param from where the phrase begins
         * @param to where it ends
         * @param kind what comes then
         * @param start where that begins
         * @param end where that ends
         */
        void next(int from, int to, Kind kind, int start, int end);
    }

    private static final byte[] BINS = "\"bins\":".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int MOST_FACT_DIGITS = 5;

    private final byte[] json;
    private final Sink sink;
    private int phrase;

    private Scan(byte[] json, Sink sink) {
        this.json = json;
        this.sink = sink;
    }

    /** Cuts a body; the last that the sink is given has the kind {@link Kind#END}. */
    static void of(byte[] json, Sink sink) {
        new Scan(json, sink).run();
    }

    private void run() {
        int at = 0;
        while (at < json.length) {
            byte c = json[at];
            if (c == '"') {
                at = string(at);
            } else if (isDigit(c)) {
                at = number(at, json.length);
            } else {
                at++;
            }
        }
        sink.next(phrase, json.length, Kind.END, json.length, json.length);
    }

    /** A string from its first quote on; gives what is after its last one. */
    private int string(int quote) {
        int start = quote + 1;
        int end = start;
        boolean digits = false;
        boolean spaces = false;
        while (end < json.length && json[end] != '"') {
            byte c = json[end];
            digits |= isDigit(c);
            spaces |= c == ' ';
            end += c == '\\' ? 2 : 1;
        }
        if (end >= json.length) {
            return json.length;
        }
        boolean key = end + 1 < json.length && json[end + 1] == ':';
        if (key || !digits) {
            return end + 1;
        }
        if (isFact(start, end)) {
            found(Kind.FACT, start + 1, end, start - 1, end + 1);
        } else if (isAfterBins(quote)) {
            found(Kind.BINS, start, end, start, end);
        } else if (!spaces) {
            found(Kind.NAME, start, end, start, end);
        } else {
            int at = start;
            while (at < end) {
                at = isDigit(json[at]) ? number(at, end) : at + 1;
            }
        }
        return end + 1;
    }

    /** Digits from their first on; gives what is after the last. */
    private int number(int start, int limit) {
        int end = digits(start, limit);
        if (end + 1 < limit && json[end] == '.' && isDigit(json[end + 1])) {
            end = digits(end + 1, limit);
        }
        if (end - start > 1) {
            found(Kind.NUMBER, start, end, start, end);
        }
        return end;
    }

    private int digits(int start, int limit) {
        int end = start;
        while (end < limit && isDigit(json[end])) {
            end++;
        }
        return end;
    }

    private void found(Kind kind, int start, int end, int phraseEnd, int next) {
        sink.next(phrase, phraseEnd, kind, start, end);
        phrase = next;
    }

    /** Whether a string is {@code f} and a number as it is usually written. */
    private boolean isFact(int start, int end) {
        if (json[start] != 'f' || end - start < 2 || end - start > 1 + MOST_FACT_DIGITS || json[start + 1] == '0') {
            return false;
        }
        return digits(start + 1, end) == end;
    }

    private boolean isAfterBins(int quote) {
        int from = quote - BINS.length;
        if (from < phrase) {
            return false;
        }
        for (int i = 0; i < BINS.length; i++) {
            if (json[from + i] != BINS[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }
}
