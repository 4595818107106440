package io.regrade.policy.analysis;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Patterns of one rule that nothing joins, of facts of which there are many: every one is tried with every other. How many
 * there can be of each fact is an estimate of a large machine and catalogue.
 */
final class CrossJoins {

    private static final double MOST = 1_000_000;
    private static final Map<String, Double> MANY = Map.of(
            "Projection", 12_000.0,
            "Candidate", 12_000.0,
            "Veto", 12_000.0,
            "Benefit", 48_000.0,
            "Requirement", 500.0,
            "SoftwareModule", 500.0,
            "Dismissal", 50.0,
            "Need", 20.0,
            "Limit", 40.0);
    private static final double FEW = 7;

    private CrossJoins() {}

    static void find(List<RuleStructure> rules, List<Diagnostic> findings) {
        for (RuleStructure rule : rules) {
            List<Condition.Pattern> loose = new ArrayList<>();
            double tried = 1;
            Set<String> bound = new HashSet<>();
            for (Condition condition : rule.conditions()) {
                if (condition instanceof Condition.Pattern pattern) {
                    if (!isJoined(pattern, bound) && size(pattern) > 1) {
                        loose.add(pattern);
                        tried *= size(pattern);
                    }
                    if (size(pattern) > 1) { // a join with what is there once joins nothing
                        bound.add(pattern.variable());
                        pattern.bindings().forEach(binding -> bound.add(binding.variable()));
                    }
                }
            }
            if (loose.size() > 1 && tried > MOST) {
                Condition.Pattern last = loose.get(loose.size() - 1);
                findings.add(last.place()
                        .warning(
                                "cross-join",
                                "every `" + last.fact() + "` is tried with every `"
                                        + loose.get(loose.size() - 2).fact() + "`: nothing joins them. Maybe compare a"
                                        + " field of one with a field of the other"));
            }
        }
    }

    private static boolean isJoined(Condition.Pattern pattern, Set<String> bound) {
        return Stream.concat(pattern.constraints().stream(), pattern.from().stream())
                .flatMap(Expr::all)
                .anyMatch(part -> part instanceof Expr.Name name && name.isVariable() && bound.contains(name.name()));
    }

    private static double size(Condition.Pattern pattern) {
        boolean picked = pattern.constraints().stream()
                .anyMatch(one ->
                        one.text().startsWith("resource == ") || one.text().startsWith("name == "));
        if (RuleFacts.SINGLE.contains(pattern.fact()) || picked) {
            return 1;
        }
        return MANY.getOrDefault(pattern.fact(), FEW);
    }
}
