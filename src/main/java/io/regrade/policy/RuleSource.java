package io.regrade.policy;

import java.util.List;

/**
 * A rule as its author wrote it, in a rule file or as a row of a decision table.
 *
 * @param id its {@code @id}
 * @param name the sentence that names it
 * @param owner its {@code @owner}
 * @param why its {@code @why}
 * @param phase its agenda group, or that of its file
 * @param file the file, relative to the policy's directory
 * @param line the line of its name, or of its row in a table, from 1
 * @param text its whole text; of a row in a table, the rule that it stands for
 * @param parameters the parameters it uses, by name
 */
public record RuleSource(
        String id,
        String name,
        String owner,
        String why,
        String phase,
        String file,
        int line,
        String text,
        List<String> parameters) {

    /** Whether it is a row of a decision table. */
    public boolean isTableRow() {
        return file.endsWith(".csv");
    }

    /** Whether it is written as sentences; its text is what they mean in the rule language. */
    public boolean isSentences() {
        return file.endsWith(".dslr");
    }
}
