package io.regrade.web.console;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * A rule's source, as it was when it decided.
 *
 * @param decision the decision's id
 * @param rule the rule's id
 * @param file the file, relative to the policy
 * @param line the line where the rule begins, from 1
 * @param lines the file
 */
public record RulePage(String decision, String rule, String file, int line, List<String> lines) {

    /** Looks a rule up in the files of a version. */
    static RulePage find(String decision, String rule, SortedMap<String, String> files) {
        for (boolean quoted : new boolean[] {true, false}) {
            String wanted = quoted ? "@id(\"" + rule + "\")" : rule;
            for (Map.Entry<String, String> file : files.entrySet()) {
                if (file.getKey().startsWith("tests/")) {
                    continue;
                }
                List<String> lines = file.getValue().lines().toList();
                for (int i = 0; i < lines.size(); i++) {
                    if (lines.get(i).contains(wanted)) {
                        int head = i;
                        while (quoted && head > 0 && !lines.get(head).startsWith("rule ")) {
                            head--;
                        }
                        return new RulePage(decision, rule, file.getKey(), head + 1, lines);
                    }
                }
            }
        }
        throw new Failure.NotFound("the version that decided has no rule `" + rule + "`");
    }
}
