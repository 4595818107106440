package io.regrade.fact;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * How amounts are read from and written into sentences.
 *
 * <p>A decision writes dozens of amounts, so the usual ones are rounded in {@code double} arithmetic. Amounts that are
 * so near the middle of two roundings that its error could matter, and very large and small ones, are rounded as exact
 * decimals: the text is always that of the exact amount rounded half up.
 */
public final class Numbers {

    private static final int SIGNIFICANT = 7;
    /** Powers of ten from 1e-9 to 1e16; those from 1 on are exact. */
    private static final double[] TENS = {
        1e-9, 1e-8, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10,
        1e11, 1e12, 1e13, 1e14, 1e15, 1e16
    };
    /** Where 1 is among them. */
    private static final int SMALLEST = 9;

    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_UP);
    private static final double[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000};
    /** Below this, the error of one multiplication stays far below {@link #NEAR_MIDDLE}. */
    private static final double MOST_SCALED = 1e11;

    private static final double NEAR_MIDDLE = 1e-4;
    private static final long UNSURE = -1;

    private Numbers() {}

    /**
     * The amount itself; zero for the zero below zero, which equals zero, is written like it, and yet would divide to
     * something else.
     */
    static double plain(double amount) {
        return amount + 0.0;
    }

    /** An amount with at most four significant digits and no exponent, such as {@code 12.4}; {@code unknown} for NaN. */
    public static String show(double amount) {
        if (Double.isNaN(amount)) {
            return "unknown";
        }
        if (Double.isInfinite(amount)) {
            return unlimited(amount);
        }
        double size = Math.abs(amount);
        int decimals = decimalsOfFourDigits(size);
        long scaled = decimals < 0 ? UNSURE : scaled(size, decimals);
        return scaled == UNSURE ? exact(amount) : text(amount < 0, scaled, decimals);
    }

    private static String unlimited(double amount) {
        return amount > 0 ? "unlimited" : "-unlimited";
    }

    private static String exact(double amount) {
        BigDecimal exact = new BigDecimal(amount);
        BigDecimal rounded =
                Math.abs(amount) >= 1000 ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(FOUR_DIGITS);
        String text = rounded.stripTrailingZeros().toPlainString();
        return text.equals("-0") ? "0" : text;
    }

    /** How many decimals leave four significant digits, or all digits of a thousand and more; -1 for tiny amounts. */
    private static int decimalsOfFourDigits(double size) {
        if (size == 0 || size >= 1000) {
            return 0;
        }
        double least = 100;
        for (int decimals = 1; decimals < POWERS.length; decimals++) {
            if (size >= least) {
                return decimals;
            }
            // Dividing makes 0.1, 0.01 … the doubles nearest to them, none of which a double lies between.
            least = decimals < 3 ? least / 10 : 1 / POWERS[decimals - 2];
        }
        return -1;
    }

    /** The amount times a power of ten, rounded half up, or {@link #UNSURE}. */
    private static long scaled(double size, int decimals) {
        double scaled = size * POWERS[decimals];
        long whole = (long) scaled;
        double rest = scaled - whole;
        if (scaled >= MOST_SCALED || Math.abs(rest - 0.5) < NEAR_MIDDLE) {
            return UNSURE;
        }
        return rest > 0.5 ? whole + 1 : whole;
    }

    /** Writes a scaled amount without trailing zeros after the point. */
    private static String text(boolean negative, long scaled, int decimals) {
        long digits = scaled;
        int left = decimals;
        while (left > 0 && digits % 10 == 0) {
            digits /= 10;
            left--;
        }
        String sign = negative && digits != 0 ? "-" : "";
        if (left == 0) {
            return sign + digits;
        }
        long unit = (long) POWERS[left];
        String fraction = Long.toString(digits % unit + unit);
        return sign + digits / unit + "." + fraction.substring(1);
    }

    /** US dollars with two decimals, such as {@code $38.90} or {@code -$4.20}; {@code unknown} for NaN. */
    public static String dollars(double amount) {
        if (Double.isNaN(amount)) {
            return "unknown";
        }
        if (Double.isInfinite(amount)) {
            return unlimited(amount);
        }
        long scaled = scaled(Math.abs(amount), 2);
        if (scaled == UNSURE) {
            BigDecimal cents = new BigDecimal(amount).setScale(2, RoundingMode.HALF_UP);
            return (cents.signum() < 0 ? "-$" : "$") + String.format(java.util.Locale.ROOT, "%,.2f", cents.abs());
        }
        StringBuilder text = new StringBuilder(16).append(scaled / 100);
        for (int at = text.length() - 3; at > 0; at -= 3) {
            text.insert(at, ',');
        }
        long cents = scaled % 100;
        text.append(cents < 10 ? ".0" : ".").append(cents);
        return text.insert(0, amount < 0 && scaled > 0 ? "-$" : "$").toString();
    }

    /** A share as a percentage with at most one decimal, such as {@code 61.5 %}. */
    public static String percent(double share) {
        if (Double.isNaN(share)) {
            return "unknown";
        }
        double percent = share * 100;
        if (Double.isInfinite(percent)) {
            return unlimited(percent); // such as what is used of a resource that a target offers none of
        }
        long scaled = scaled(Math.abs(percent), 1);
        return (scaled == UNSURE
                        ? new BigDecimal(percent)
                                .setScale(1, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
                        : text(percent < 0, scaled, 1))
                + " %";
    }

    /** A decimal number, or NaN when the text is none. */
    static double parse(String text) {
        try {
            return new BigDecimal(text).doubleValue();
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /**
     * A number with seven significant digits, enough for what was projected and a third of what a double takes to write.
     * Only exact powers of ten and IEEE 754 operations are used, so that every Java runtime gives the same number.
     */
    public static double significant(double number) {
        double size = Math.abs(number);
        if (!(size >= TENS[0] && size < TENS[TENS.length - 1])) {
            return number; // zero, unknown, or beyond what anybody measures
        }
        int exponent = 0;
        while (size >= TENS[exponent + 1]) {
            exponent++;
        }
        int shift = SIGNIFICANT - 1 - (exponent - SMALLEST);
        return shift >= 0
                ? Math.rint(number * TENS[shift + SMALLEST]) / TENS[shift + SMALLEST]
                : Math.rint(number / TENS[SMALLEST - shift]) * TENS[SMALLEST - shift];
    }
}
