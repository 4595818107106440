package io.regrade.intake.telemetry;

import ch.randelshofer.fastdoubleparser.JavaDoubleParser;

/** Reads decimal numbers from characters, correctly rounded, without an allocation. Safe to share between threads. */
public final class Decimals {

    /** More digits than a double holds exactly are left to the general parser. */
    private static final int EXACT_DIGITS = 15;

    private static final double[] POWERS_OF_TEN = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22
    };

    private Decimals() {}

    /**
     * A decimal number, or NaN when the text is none: words such as {@code NaN} and {@code Infinity}, hexadecimal
     * numbers and type suffixes are no numbers here.
     */
    public static double parse(char[] text, int offset, int length) {
        // Up to 15 digits divided by an exact power of ten is correctly rounded (Clinger 1990).
        long digits = 0;
        int significant = 0;
        int point = -1;
        for (int i = 0; i < length; i++) {
            int digit = text[offset + i] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                if (digits != 0 && ++significant > EXACT_DIGITS) {
                    return general(text, offset, length);
                }
            } else if (digit == '.' - '0' && point < 0) {
                point = i;
            } else {
                return general(text, offset, length);
            }
        }
        int fraction = point < 0 ? 0 : length - point - 1;
        if (length == 0 || (point >= 0 && length == 1) || fraction >= POWERS_OF_TEN.length) {
            return general(text, offset, length);
        }
        return fraction == 0 ? digits : digits / POWERS_OF_TEN[fraction];
    }

    /** A decimal number, or NaN when the text is none. */
    public static double parse(String text) {
        char[] characters = text.toCharArray();
        return parse(characters, 0, characters.length);
    }

    private static double general(char[] text, int offset, int length) {
        for (int i = 0; i < length; i++) {
            char c = text[offset + i];
            if ((c < '0' || c > '9') && "+-.eE ".indexOf(c) < 0) {
                return Double.NaN;
            }
        }
        try {
            return JavaDoubleParser.parseDouble(text, offset, length);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
