package io.regrade.engine.drools;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.DrlText;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import io.regrade.policy.gate.Finding;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Finds the line where a word stands that bytecode names. */
final class Mention {

    private Mention() {}

    /** The line in its file of the first mention in a rule, or that of its name. */
    static int line(RuleSource rule, String word) {
        int within = rule.isTableRow() ? 0 : within(rule.text(), word);
        return rule.line() + Math.max(0, within - 1);
    }

    /** What belongs to no rule: at the first file that mentions it. */
    static Diagnostic anywhere(PolicyBundle policy, Finding finding) {
        for (Map.Entry<String, String> file : policy.files().entrySet()) {
            int line = within(file.getValue(), finding.token());
            if (line > 0) {
                return Diagnostic.error(finding.code(), file.getKey(), line, finding.words());
            }
        }
        return Diagnostic.error(finding.code(), policy.files().firstKey(), 0, finding.words());
    }

    private static int within(String text, String word) {
        if (word.isEmpty()) {
            return 0;
        }
        Pattern pattern = Pattern.compile("(?<![\\w$])" + Pattern.quote(word) + "(?!\\w)");
        List<String> lines = DrlText.withoutCommentsAndQuotes(text).lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            if (pattern.matcher(lines.get(i)).find()) {
                return i + 1;
            }
        }
        return 0;
    }
}
