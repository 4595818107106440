package io.regrade.policy.budget;

/**
 * A text that asks for each of its characters whether the evaluation may go on. Matching takes time in proportion to the
 * text, but to the pattern as well: both together can be long. Not thread-safe.
 */
final class AskingText implements CharSequence {

    private final CharSequence text;

    AskingText(CharSequence text) {
        this.text = text;
    }

    @Override
    public char charAt(int index) {
        Budget.check();
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
