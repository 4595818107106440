package io.regrade.policytest;

import io.regrade.policy.DrlText;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes copies of a rule's text, each with a name of its own. Offsets are those of the file. */
final class RuleCopy {

    private static final Pattern NAME = Pattern.compile("rule\\s+(\"[^\"]*\"|'[^']*'|\\S+)");
    private static final Pattern ID = Pattern.compile("@id\\(\\s*\"([^\"]*)\"\\s*\\)");
    private static final Pattern WHEN = Pattern.compile("(?m)^\\s*when\\b");

    private final RuleStructure rule;
    private final String text;
    private final int start;
    private final String plain;
    private final int when;

    /**
     * Prepares copies.
     *
     * @param text the whole text of the rule, beginning with the word {@code rule}
     */
    RuleCopy(RuleStructure rule, String text) {
        this.rule = rule;
        this.text = text;
        this.start = rule.place().offset();
        this.plain = DrlText.withoutComments(text);
        Matcher matcher = WHEN.matcher(DrlText.withoutCommentsAndQuotes(text));
        this.when = matcher.find() ? matcher.end() : -1;
    }

    /** Whether copies can be made: it stands in the file as it is read, and has conditions. */
    boolean isPossible() {
        return start >= 0 && when > 0 && rule.isWhole() && plain.startsWith("rule");
    }

    /** The rule itself with one more condition. */
    String guarded(String condition) {
        return TextEdit.apply(text, List.of(guard(condition)));
    }

    /** A copy with changes of its own and one more condition. */
    String changed(String suffix, List<TextEdit> edits, String condition) {
        List<TextEdit> all = new ArrayList<>(edits.stream().map(this::inRule).toList());
        all.add(guard(condition));
        all.add(named(suffix));
        return TextEdit.apply(text, all);
    }

    /** A copy that concludes nothing and has an id of its own, to be seen in the trace. */
    String probing(String suffix, List<TextEdit> edits) {
        List<TextEdit> all = new ArrayList<>(edits.stream().map(this::inRule).toList());
        all.add(named(suffix));
        Matcher id = ID.matcher(plain);
        if (id.find()) {
            all.add(new TextEdit(id.end(1), 0, suffix));
        }
        all.add(inRule(new TextEdit(
                rule.consequencePlace().offset(), rule.consequence().length(), "\n")));
        return TextEdit.apply(text, all);
    }

    private TextEdit guard(String condition) {
        return new TextEdit(when, 0, " " + condition);
    }

    private TextEdit named(String suffix) {
        Matcher name = NAME.matcher(plain);
        boolean found = name.find();
        return new TextEdit(
                found ? name.start(1) : 0,
                found ? name.group(1).length() : 0,
                "\"" + rule.name().replace("\"", "") + suffix + "\"");
    }

    private TextEdit inRule(TextEdit edit) {
        return new TextEdit(edit.offset() - start, edit.length(), edit.replacement());
    }
}
