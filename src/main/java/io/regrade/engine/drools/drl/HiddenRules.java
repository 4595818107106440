package io.regrade.engine.drools.drl;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.RuleSource;
import io.regrade.policy.structure.RuleStructure;
import java.util.List;

/**
 * Finds rules that the compiler sees and people do not: one that begins where another ends, or in the cell of a table. It
 * would be in no inventory and in no page, and nothing would name it.
 */
final class HiddenRules {

    private HiddenRules() {}

    /**
     * Checks a rule.
     *
     * @param read the rule as the compiler's parser has it
     * @param shown the rules of its file as they are shown
     */
    static void check(RuleStructure read, List<RuleSource> shown, List<Diagnostic> problems) {
        List<RuleSource> named =
                shown.stream().filter(one -> one.name().equals(read.name())).toList();
        if (named.isEmpty()) {
            problems.add(read.place()
                    .error(
                            Constructs.CODE,
                            "the rule `" + read.name()
                                    + "` is hidden behind something else. Maybe begin it on a line of"
                                    + " its own, with its name in double quotes"));
        } else if (read.isWhole() && named.stream().noneMatch(one -> isSame(one, read))) {
            problems.add(
                    read.place()
                            .error(
                                    Constructs.CODE,
                                    "the head of the rule `" + read.name()
                                            + "` reads otherwise than it looks. Maybe write"
                                            + " `@id`, `@owner`, `@why` once each, with texts in quotes, each on a line of its own"));
        }
    }

    private static boolean isSame(RuleSource source, RuleStructure read) {
        return source.id().equals(read.id())
                && source.owner().equals(read.owner())
                && source.why().equals(read.why())
                && source.phase().equals(read.phase());
    }
}
