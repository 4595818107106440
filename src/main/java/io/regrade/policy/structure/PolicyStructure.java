package io.regrade.policy.structure;

import io.regrade.policy.Diagnostic;
import java.util.List;
import java.util.Optional;

/**
 * The rules of a policy as far as they can be read, and what is wrong with their syntax.
 *
 * @param rules in the order of the files' paths and of the rules in each
 * @param problems of the syntax, with their places
 */
public record PolicyStructure(List<RuleStructure> rules, List<Diagnostic> problems) {

    /** Copies the lists. */
    public PolicyStructure {
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }

    /** The first rule with this id. */
    public Optional<RuleStructure> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }
}
