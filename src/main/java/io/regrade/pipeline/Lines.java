package io.regrade.pipeline;

/** A text for people, line by line; control characters from data do not get into it. */
final class Lines {

    private final StringBuilder out = new StringBuilder(2048);

    void line(int indent, String text) {
        out.append("  ".repeat(indent))
                .append(text.replaceAll("\\p{Cntrl}", " ").stripTrailing())
                .append('\n');
    }

    void heading(String text) {
        out.append('\n');
        line(0, text);
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
