package io.regrade.engine.drools.drl;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.DrlText;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of a file whose {@code end} is missing. The parser takes all up to the next {@code end} for such a rule, so the
 * rule after it, with all that is wrong with it, would not be seen.
 */
final class MissingEnds {

    /** What is put before the next rule, in its line. */
    private static final String END = "end ";
    /** What is put at the end of the file, in a line of its own. */
    private static final String LAST = "\nend";
    /** How many characters either of them has. */
    static final int LENGTH = END.length();

    /** None is missing. */
    static final MissingEnds NONE = new MissingEnds("");

    private static final Pattern RULE = Pattern.compile("(?m)^\\h*(rule)\\h+(\"[^\"\\n]*\"|'[^'\\n]*'|\\w+)");
    /** The word alone, not a method or a variable of that name. */
    private static final Pattern CLOSED = Pattern.compile("(?<![\\w.$])end(?!\\w|\\h*[.(=])");

    private final String text;
    private final List<Integer> places = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    private MissingEnds(String text) {
        this.text = text;
    }

    /** Where they are missing in a text. */
    static MissingEnds in(String text) {
        MissingEnds found = new MissingEnds(text);
        String plain = DrlText.withoutCommentsAndQuotes(text);
        Matcher rule = RULE.matcher(plain);
        int open = -1;
        String name = "";
        while (rule.find()) {
            found.look(plain, open, rule.start(1), name);
            open = rule.end();
            name = text.substring(rule.start(2), rule.end(2)).replaceAll("^[\"']|[\"']$", "");
        }
        found.look(plain, open, text.length(), name);
        return found;
    }

    private void look(String plain, int open, int next, String name) {
        if (open >= 0 && !CLOSED.matcher(plain).region(open, next).find()) {
            places.add(next);
            names.add(name);
        }
    }

    boolean isEmpty() {
        return places.isEmpty();
    }

    /** The same rules, each with its end; where each character stands in the file is still told. */
    DrlSource mended(DrlSource source) {
        StringBuilder mended = new StringBuilder(text);
        for (int i = places.size() - 1; i >= 0; i--) {
            mended.insert(places.get(i), isLast(i) ? LAST : END);
        }
        return source.withEnds(
                mended.toString(), places.stream().mapToInt(Integer::intValue).toArray());
    }

    /** A problem for each, where the rule stops: there its end belongs. */
    List<Diagnostic> problems(DrlSource source) {
        String plain = DrlText.withoutComments(text);
        List<Diagnostic> problems = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            int stop = plain.substring(0, places.get(i)).stripTrailing().length();
            problems.add(source.place(stop, 0).error("syntax", "rule `" + names.get(i) + "` has no `end` after this"));
        }
        return problems;
    }

    private boolean isLast(int i) {
        return places.get(i) == text.length();
    }
}
