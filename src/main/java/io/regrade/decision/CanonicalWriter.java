package io.regrade.decision;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;

/** Writes the bytes of {@link CanonicalJson}, without a text in between. Not thread-safe. */
final class CanonicalWriter {

    private static final byte[] HEX = "0123456789abcdef".getBytes(US_ASCII);
    private static final double MOST_WHOLE = 1L << 53;
    private static final double LEAST_FRACTION = 1e-3;
    private static final double MOST_FRACTION = 1e6;
    private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
    /** Digits of the longest {@code long}, and its sign. */
    private static final int LONGEST = 20;

    private byte[] bytes = new byte[4096];
    private int size;

    byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    void write(JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> object(node);
            case ARRAY -> array(node);
            case STRING -> string(node.textValue());
            case BINARY -> {
                put('"');
                ascii(node.asText());
                put('"');
            }
            case NUMBER -> number(node);
            case BOOLEAN -> ascii(node.booleanValue() ? "true" : "false");
            default -> ascii("null");
        }
    }

    private void object(JsonNode node) {
        String[] keys = new String[node.size()];
        JsonNode[] values = new JsonNode[keys.length];
        int count = 0;
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            int at = count++;
            // Few keys, most of them in order: by UTF-16 code units, as RFC 8785 wants.
            for (; at > 0 && keys[at - 1].compareTo(field.getKey()) > 0; at--) {
                keys[at] = keys[at - 1];
                values[at] = values[at - 1];
            }
            keys[at] = field.getKey();
            values[at] = field.getValue();
        }
        put('{');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                put(',');
            }
            string(keys[i]);
            put(':');
            write(values[i]);
        }
        put('}');
    }

    private void array(JsonNode node) {
        put('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) {
                put(',');
            }
            write(node.get(i));
        }
        put(']');
    }

    private void string(String text) {
        int length = text.length();
        room(length + 2);
        byte[] to = bytes;
        int at = size;
        to[at++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\') {
                size = at;
                rest(text, i);
                return;
            }
            to[at++] = (byte) c;
        }
        to[at++] = '"';
        size = at;
    }

    /** A string from its first character on that is not written as it is, and its end. */
    private void rest(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                int end = i + 1;
                while (end < text.length() && text.charAt(end) >= 0x80) {
                    end++;
                }
                byte[] more = text.substring(i, end).getBytes(UTF_8);
                room(more.length);
                System.arraycopy(more, 0, bytes, size, more.length);
                size += more.length;
                i = end - 1;
            } else if (c < 0x20 || c == '"' || c == '\\') {
                escaped(c);
            } else {
                put(c);
            }
        }
        put('"');
    }

    private void escaped(char c) {
        put('\\');
        switch (c) {
            case '"', '\\' -> put(c);
            case '\b' -> put('b');
            case '\t' -> put('t');
            case '\n' -> put('n');
            case '\f' -> put('f');
            case '\r' -> put('r');
            default -> {
                ascii("u00");
                put((char) HEX[c >> 4]);
                put((char) HEX[c & 15]);
            }
        }
    }

    private void number(JsonNode node) {
        double value = node.doubleValue();
        if (value == Math.rint(value) && Math.abs(value) < MOST_WHOLE) {
            whole((long) value);
        } else if (!fraction(value)) {
            StringBuilder text = new StringBuilder(24);
            CanonicalJson.number(value, text);
            ascii(text);
        }
    }

    /**
     * A number with few decimals; false when it is none. Of so few digits the quotient is the double nearest to them, and
     * no shorter ones have the same.
     */
    private boolean fraction(double value) {
        double most = Math.abs(value);
        if (!(most >= LEAST_FRACTION && most < MOST_FRACTION)) {
            return false;
        }
        for (int decimals = 1; decimals < TENS.length; decimals++) {
            double scaled = Math.rint(value * TENS[decimals]);
            if (scaled / TENS[decimals] == value) {
                decimal((long) scaled, decimals);
                return true;
            }
        }
        return false;
    }

    private void decimal(long scaled, int decimals) {
        if (scaled < 0) {
            put('-');
        }
        long unit = (long) TENS[decimals];
        long all = Math.abs(scaled);
        whole(all / unit);
        int point = size;
        whole(all % unit + unit); // its first digit, 1, gives way to the point
        bytes[point] = '.';
    }

    private void whole(long value) {
        room(LONGEST);
        if (value < 0) {
            put('-');
        }
        int from = size;
        long rest = Math.abs(value);
        do {
            bytes[size++] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest > 0);
        for (int left = from, right = size - 1; left < right; left++, right--) {
            byte digit = bytes[left];
            bytes[left] = bytes[right];
            bytes[right] = digit;
        }
    }

    private void ascii(CharSequence text) {
        room(text.length());
        for (int i = 0; i < text.length(); i++) {
            bytes[size++] = (byte) text.charAt(i);
        }
    }

    private void put(char c) {
        room(1);
        bytes[size++] = (byte) c;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
    }
}
