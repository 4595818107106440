package io.regrade.policytest;

import java.util.Comparator;
import java.util.List;

/**
 * A replacement in a text.
 *
 * @param offset where, in characters from the text's beginning
 * @param length how many characters are replaced; 0 to put something in
 * @param replacement what stands there instead
 */
record TextEdit(int offset, int length, String replacement) {

    /** The text with all edits, which must not overlap. */
    static String apply(String text, List<TextEdit> edits) {
        StringBuilder out = new StringBuilder(text);
        edits.stream()
                .sorted(Comparator.comparingInt(TextEdit::offset).reversed())
                .forEach(edit -> out.replace(edit.offset, edit.offset + edit.length, edit.replacement));
        return out.toString();
    }
}
