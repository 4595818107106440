package io.regrade.policy;

import java.math.BigDecimal;

/** Decimal numbers as people write them in tables and YAML, so neither {@code 0x10} nor {@code 1f}. */
final class Decimal {

    private Decimal() {}

    /** The number, or NaN when the text is none, or none that is finite. */
    static double parse(String text) {
        try {
            double number = new BigDecimal(text.strip()).doubleValue();
            return Double.isFinite(number) ? number : Double.NaN;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
