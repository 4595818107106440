package io.regrade.policy;

import java.util.List;

/**
 * A rule as its author wrote it, in a rule file or as a row of a decision table.
 *
 * @param id its {@code @id}
 * @param name the sentence that names it
 * @param owner its {@code @owner}
 * @param why its {@code @why}
 * @param phase the agenda group of its file
 * @param file the file, relative to the policy's directory
 * @param line the line of its name, from 1
 * @param text its whole text
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
}
