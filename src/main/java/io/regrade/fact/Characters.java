package io.regrade.fact;

import java.util.Optional;

/** Which characters a text may have: all that can be stored, shown and sorted, and none that is not a character at all. */
public final class Characters {

    private static final String LINES = "\t\n\r";

    private Characters() {}

    /**
     * What is wrong with a text of one line, such as an id or a name: a control character, or half of a surrogate pair.
     * The answer goes after "the text "; it is empty when nothing is wrong.
     */
    public static Optional<String> wrongInName(String text) {
        return wrong(text, "");
    }

    /** What is wrong with a text that may have several lines, and tabs in them. */
    public static Optional<String> wrongInText(String text) {
        return wrong(text, LINES);
    }

    /** A text as it may be shown: with a question mark for each character that a name may not have. */
    public static String shown(String text) {
        return wrongInName(text).isEmpty() ? text : text.replaceAll("[\\p{Cc}\\p{Cs}]", "?");
    }

    /**
     * A text as it can be stored and sent: with a question mark for each character that no text may have. Conclusions are
     * made with it, since what one rule says must not keep a decision, and those beside it, from being recorded.
     */
    public static String writable(String text) {
        return wrongInText(text).isEmpty() ? text : text.replaceAll("[\\p{Cc}\\p{Cs}&&[^\t\n\r]]", "?");
    }

    private static Optional<String> wrong(String text, String allowed) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) && allowed.indexOf(c) < 0) {
                return Optional.of(String.format("has the control character U+%04X at position %d", (int) c, i + 1));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                return Optional.of(String.format("has half of a character, U+%04X, at position %d", (int) c, i + 1));
            }
        }
        return Optional.empty();
    }
}
