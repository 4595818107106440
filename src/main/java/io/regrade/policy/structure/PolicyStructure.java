package io.regrade.policy.structure;

import io.regrade.policy.Diagnostic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rules of a policy as far as they can be read, and what is wrong with their syntax.
 *
 * @param rules in the order of the files' paths and of the rules in each
 * @param problems of the syntax, with their places
 * @param imports what each file imports that holds rules and nothing else: no functions, types or globals of its own
 */
public record PolicyStructure(List<RuleStructure> rules, List<Diagnostic> problems, Map<String, List<String>> imports) {

    /** Copies the collections. */
    public PolicyStructure {
        imports = Map.copyOf(imports);
        rules = List.copyOf(rules);
        problems = List.copyOf(problems);
    }

    /** The first rule with this id. */
    public Optional<RuleStructure> rule(String id) {
        return rules.stream().filter(rule -> rule.id().equals(id)).findFirst();
    }
}
