package io.regrade.engine.drools.drl;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.DrlText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.drools.drl.ast.descr.RuleDescr;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.ParserError;

/** What the parser of one file stumbled over, in words. */
final class Syntax {

    private static final Pattern UNEXPECTED =
            Pattern.compile("(?:mismatched input|no viable alternative at input|unexpected|extraneous input) '(.+?)'");
    private static final Pattern RULE = Pattern.compile("in (?:rule|query) \"(.*)\"");

    private static final Pattern WHEN = Pattern.compile("\\bwhen\\b");
    private static final Pattern THEN = Pattern.compile("\\bthen\\b");

    private final List<Diagnostic> problems = new ArrayList<>();
    private final Set<String> broken = new HashSet<>();
    private final DrlSource source;

    Syntax(DrlSource source, List<DroolsError> errors) {
        this.source = source;
        for (DroolsError error : errors) {
            told(error);
        }
    }

    List<Diagnostic> problems() {
        return problems;
    }

    /** Whether nothing of the rule was left out. */
    boolean isWhole(RuleDescr rule) {
        return !broken.contains(rule.getName());
    }

    private void told(DroolsError error) {
        String message = String.valueOf(error.getMessage());
        Matcher rule = RULE.matcher(message);
        String name = rule.find() ? rule.group(1) : "";
        broken.add(name);
        int line = error.getLines().length > 0 ? error.getLines()[0] : 0;
        int column = error instanceof ParserError parser ? Math.max(0, parser.getCol()) : 0;
        int at = source.offset(line, column);
        String where = name.isEmpty() ? "" : " in rule `" + name + "`";
        int open = unclosed(at);
        if (open >= 0) {
            problems.add(source.place(open, 1).error("syntax", "the `(` is never closed" + where));
            return;
        }
        Matcher unexpected = UNEXPECTED.matcher(message);
        String found = unexpected.find() ? unexpected.group(1) : "";
        String what = found.isEmpty() ? "this cannot be read" : "unexpected `" + found + "`";
        if (found.equalsIgnoreCase("<eof>")) {
            what = "the file ends where rule `" + name + "` has no `end`";
            where = "";
        }
        problems.add(source.place(at, found.length()).error("syntax", what + where));
    }

    /** The last bracket before this place that nothing closes in the conditions it stands in, or -1. */
    private int unclosed(int at) {
        String text = DrlText.withoutCommentsAndQuotes(source.text());
        Matcher when = WHEN.matcher(text).region(0, Math.min(at, text.length()));
        int from = -1;
        while (when.find()) {
            from = when.end();
        }
        Matcher then = THEN.matcher(text);
        if (from < 0 || !then.find(from)) {
            return -1;
        }
        Deque<Integer> open = new ArrayDeque<>();
        for (int i = from; i < then.start(); i++) {
            if (text.charAt(i) == '(') {
                open.push(i);
            } else if (text.charAt(i) == ')') {
                open.poll();
            }
        }
        return open.isEmpty() ? -1 : open.peek();
    }
}
