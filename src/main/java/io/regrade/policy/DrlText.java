package io.regrade.policy;

/** The text of a rule file, read without being misled by its comments and quoted texts. */
public final class DrlText {

    private DrlText() {}

    /** The text with each character of a comment replaced by a blank; every line and column stays where it is. */
    public static String withoutComments(String text) {
        return blanked(text, false);
    }

    /** The text with each character of a comment and within quotes replaced by a blank. */
    public static String withoutCommentsAndQuotes(String text) {
        return blanked(text, true);
    }

    private static String blanked(String text, boolean quotesToo) {
        StringBuilder out = new StringBuilder(text);
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (c == '"' || c == '\'') {
                int end = endOfQuote(text, i);
                if (quotesToo) {
                    blank(out, i + 1, end - 1);
                }
                i = end;
            } else if (text.startsWith("//", i) || text.startsWith("/*", i)) {
                boolean line = text.charAt(i + 1) == '/';
                int found = text.indexOf(line ? "\n" : "*/", i + 2);
                int end = found < 0 ? text.length() : line ? found : found + 2;
                blank(out, i, end);
                i = end;
            } else {
                i++;
            }
        }
        return out.toString();
    }

    /** Where a quoted text ends, or its line does: a quote that is never closed must not swallow the file. */
    private static int endOfQuote(String text, int start) {
        for (int i = start + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == text.charAt(start)) {
                return i + 1;
            } else if (c == '\n') {
                return i;
            }
        }
        return text.length();
    }

    private static void blank(StringBuilder out, int from, int to) {
        for (int i = from; i < to; i++) {
            if (out.charAt(i) != '\n' && out.charAt(i) != '\r') {
                out.setCharAt(i, ' ');
            }
        }
    }
}
