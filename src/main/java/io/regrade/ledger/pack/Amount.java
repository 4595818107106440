package io.regrade.ledger.pack;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A number as it is written: its digits, and how many of them are behind the point.
 *
 * @param digits all digits as one whole number
 * @param scale how many are behind the point
 */
record Amount(long digits, int scale) {

    private static final int MOST_DIGITS = 18;
    private static final int SENTENCE_DIGITS = 4;

    /** Reads a text; null when it is written in a way that {@link #text} would not give again, such as {@code 08}. */
    static @Nullable Amount of(byte[] text, int from, int to) {
        long digits = 0;
        int point = -1;
        for (int i = from; i < to; i++) {
            if (text[i] == '.') {
                point = i;
            } else {
                digits = digits * 10 + (text[i] - '0');
            }
        }
        int whole = point < 0 ? to - from : point - from;
        if (to - from > MOST_DIGITS || (whole > 1 && text[from] == '0')) {
            return null;
        }
        return new Amount(digits, point < 0 ? 0 : to - point - 1);
    }

    /** As it is written. */
    byte[] text() {
        String all = Long.toString(digits);
        if (scale > 0) {
            if (all.length() <= scale) {
                all = "0".repeat(scale + 1 - all.length()) + all;
            }
            all = all.substring(0, all.length() - scale) + "." + all.substring(all.length() - scale);
        }
        return all.getBytes(StandardCharsets.US_ASCII);
    }

    /** As sentences write it: four digits, or all before the point of a thousand and more. */
    Amount inSentence() {
        long rest = digits;
        int left = scale;
        int drop = Math.min(length(rest) - SENTENCE_DIGITS, left);
        if (drop > 0) {
            long power = 1;
            for (int i = 0; i < drop; i++) {
                power *= 10;
            }
            rest = (rest + power / 2) / power;
            left -= drop;
        }
        while (left > 0 && rest % 10 == 0) {
            rest /= 10;
            left--;
        }
        return new Amount(rest, left);
    }

    private static int length(long number) {
        int length = 1;
        for (long rest = number / 10; rest > 0; rest /= 10) {
            length++;
        }
        return length;
    }
}
