package io.regrade.engine.drools.drl;

import io.regrade.policy.Diagnostic;
import java.util.ArrayList;
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
        var place = source.place(source.offset(line, column), 0);
        Matcher unexpected = UNEXPECTED.matcher(message);
        String what = unexpected.find() ? "unexpected `" + unexpected.group(1) + "`" : "this cannot be read";
        String where = name.isEmpty() ? "" : " in rule `" + name + "`";
        problems.add(new Diagnostic(
                Diagnostic.Severity.ERROR,
                "syntax",
                place.file(),
                place.line(),
                place.column(),
                what + where + ". Maybe something before it is not closed, or missing"));
    }
}
