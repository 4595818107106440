package io.regrade.tlog;

/** Whole numbers as ASCII decimals without leading zeros. */
final class DecimalText {

    private static final int MOST_DIGITS = 18;

    private DecimalText() {}

    /**
     * Reads a number.
     *
     * @throws MalformedException unless it is a whole number from 0 to 18 digits, without a leading zero
     */
    static long number(String text, String what) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.length() > MOST_DIGITS || (text.length() > 1 && text.charAt(0) == '0')) {
            throw new MalformedException(
                    what + " `" + Base64Text.shortened(text) + "` is not a whole number without leading zeros");
        }
        return Long.parseLong(text);
    }
}
