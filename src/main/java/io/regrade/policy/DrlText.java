package io.regrade.policy;

import java.util.ArrayList;
import java.util.List;

/** The text of a rule file, read without being misled by its comments and quoted texts. */
public final class DrlText {

    private static final String ARITHMETIC = "+-*/%";
    private static final String COMPARISON = "<>=!&|~";

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

    /**
     * A binding of a calculated value.
     *
     * @param at where it begins in the text
     * @param variable such as {@code $spare}
     * @param expression such as {@code have - required}
     */
    record ArithmeticBinding(int at, String variable, String expression) {}

    /**
     * Bindings whose expression calculates outside of any parentheses: Drools takes the first operand and drops the
     * rest. Within parentheses, as an argument or in a comparison, all of it counts.
     *
     * @param conditions the text between {@code when} and {@code then}, without comments and quotes
     */
    static List<ArithmeticBinding> arithmeticBindings(String conditions) {
        List<ArithmeticBinding> bindings = new ArrayList<>();
        for (int at = conditions.indexOf('$'); at >= 0; at = conditions.indexOf('$', at + 1)) {
            int end = at + 1;
            while (end < conditions.length() && Character.isJavaIdentifierPart(conditions.charAt(end))) {
                end++;
            }
            int colon = end;
            while (colon < conditions.length() && Character.isWhitespace(conditions.charAt(colon))) {
                colon++;
            }
            if (colon < conditions.length() && conditions.charAt(colon) == ':' && !conditions.startsWith("::", colon)) {
                String expression = calculated(conditions, colon + 1);
                if (!expression.isEmpty()) {
                    bindings.add(new ArithmeticBinding(at, conditions.substring(at, end), expression));
                }
            }
        }
        return bindings;
    }

    private static char lastOf(String text, int start, int end) {
        int last = end - 1;
        while (last > start && Character.isWhitespace(text.charAt(last))) {
            last--;
        }
        return text.charAt(last);
    }

    private static String calculated(String text, int start) {
        int depth = 0;
        boolean operand = false;
        boolean arithmetic = false;
        int end = start;
        for (; end < text.length(); end++) {
            char c = text.charAt(end);
            boolean afterCall = depth == 0 && operand && lastOf(text, start, end) == ')';
            if (c == '(' || c == '[') {
                depth++;
            } else if (!operand && c == '/' || afterCall && Character.isLetter(c)) {
                break; // a path, or what follows a pattern, such as `from entry-point "x"`
            } else if ((c == ')' || c == ']') && --depth < 0) {
                break;
            } else if (depth == 0 && (c == ',' || c == ';' || COMPARISON.indexOf(c) >= 0)) {
                break;
            } else if (depth == 0 && ARITHMETIC.indexOf(c) >= 0) {
                arithmetic |= operand;
            }
            operand |= !Character.isWhitespace(c);
        }
        return arithmetic ? text.substring(start, end).strip().replaceAll("\\s+", " ") : "";
    }
}
