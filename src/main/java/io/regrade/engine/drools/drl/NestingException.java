package io.regrade.engine.drools.drl;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.DrlText;
import io.regrade.policy.structure.Place;
import java.util.regex.Pattern;

/**
 * A file has brackets within brackets, or operators after operators, more than people write. Parsers and compilers call
 * themselves for each, and some of them take twice as long for each, so it is given to none of them.
 */
final class NestingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int DEEPEST = 40;
    /** The parser of rules tries each expression in round brackets several ways, so time doubles with each. */
    private static final int DEEPEST_ROUND = 10;
    /** Elements of one list: compilers sort them by their places, and call themselves for each. */
    private static final int MOST_ELEMENTS = 1_000;
    /** Where a rule begins or ends, no bracket of another one is open. */
    private static final Pattern BORDER = Pattern.compile("\\s*(?:rule|end)\\b.*", Pattern.DOTALL);

    private final transient Diagnostic problem;

    private NestingException(String file, int line, String words) {
        super(words);
        this.problem = Diagnostic.error("syntax", file, line, words);
    }

    /** An expression that begins, or goes on, at a place. */
    static NestingException expression(Place at) {
        return new NestingException(
                at.file(), at.line(), "an expression is too long. Maybe several conditions, or `in`");
    }

    /**
     * Counts the brackets of a file.
     *
     * @param text its rules, as the parser gets them
     * @throws NestingException when they are too deep
     */
    static void check(String file, String text) {
        int line = 0;
        Brackets brackets = new Brackets();
        for (String code : DrlText.withoutCommentsAndQuotes(text).lines().toList()) {
            line++;
            if (BORDER.matcher(code).matches()) {
                brackets = new Brackets();
            }
            for (int i = 0; i < code.length(); i++) {
                brackets.pass(code.charAt(i));
                if (brackets.deepest() > DEEPEST || brackets.round() > DEEPEST_ROUND) {
                    throw new NestingException(
                            file, line, "brackets are nested too deep. Maybe several conditions, or functions");
                }
                if (brackets.elements() > MOST_ELEMENTS) {
                    throw new NestingException(
                            file, line, "a list has more than " + MOST_ELEMENTS + " elements. Maybe a decision table");
                }
            }
        }
    }

    /** What is wrong, and where. */
    Diagnostic problem() {
        return problem;
    }
}
