package io.regrade.fact;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** How amounts are read from and written into sentences. */
public final class Numbers {

    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    private Numbers() {}

    /** An amount with at most four significant digits and no exponent, such as {@code 12.4}; {@code unknown} for NaN. */
    public static String show(double amount) {
        if (Double.isNaN(amount)) {
            return "unknown";
        }
        if (Double.isInfinite(amount)) {
            return amount > 0 ? "unlimited" : "-unlimited";
        }
        BigDecimal exact = new BigDecimal(amount);
        BigDecimal rounded =
                Math.abs(amount) >= 1000 ? exact.setScale(0, RoundingMode.HALF_UP) : exact.round(FOUR_DIGITS);
        String text = rounded.stripTrailingZeros().toPlainString();
        return text.equals("-0") ? "0" : text;
    }

    /** US dollars with two decimals, such as {@code $38.90} or {@code -$4.20}; {@code unknown} for NaN. */
    public static String dollars(double amount) {
        if (Double.isNaN(amount)) {
            return "unknown";
        }
        BigDecimal cents = new BigDecimal(amount).setScale(2, RoundingMode.HALF_UP);
        return (cents.signum() < 0 ? "-$" : "$") + String.format(java.util.Locale.ROOT, "%,.2f", cents.abs());
    }

    /** A share as a percentage with at most one decimal, such as {@code 61.5 %}. */
    public static String percent(double share) {
        return Double.isNaN(share)
                ? "unknown"
                : new BigDecimal(share * 100)
                                .setScale(1, RoundingMode.HALF_UP)
                                .stripTrailingZeros()
                                .toPlainString()
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
}
