package io.regrade.policy.analysis;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** An upgrade and a downgrade of one resource that can hold together, with the values of an environment and an example. */
final class Contradictions {

    private static final List<String> RESOURCES = List.of(
            "Resource.CPU",
            "Resource.MEMORY",
            "Resource.STORAGE",
            "Resource.DISK_THROUGHPUT",
            "Resource.DISK_IOPS",
            "Resource.NETWORK",
            "Resource.GPU");
    private static final Set<String> MORE = Set.of("upgrade", "agreed");

    private record Side(RuleStructure rule, RuleFacts facts) {}

    private final PolicyBundle policy;
    private final List<RuleStructure> rules;

    private Contradictions(PolicyBundle policy, List<RuleStructure> rules) {
        this.policy = policy;
        this.rules = rules;
    }

    static void find(PolicyBundle policy, List<RuleStructure> rules, List<Diagnostic> findings) {
        List<RuleStructure> ofNeeds = rules.stream()
                .filter(rule -> rule.conclusions().stream()
                        .anyMatch(one -> one.insertedFact().equals("Need")))
                .toList();
        Contradictions contradictions = new Contradictions(policy, ofNeeds);
        Set<String> told = new TreeSet<>();
        for (String environment : new TreeSet<>(policy.limits().keySet())) {
            for (String resource : RESOURCES) {
                contradictions.find(environment, resource, told, findings);
            }
        }
    }

    private void find(String environment, String resource, Set<String> told, List<Diagnostic> findings) {
        List<Side> more = new ArrayList<>();
        List<Side> less = new ArrayList<>();
        for (RuleStructure rule : rules) {
            RuleFacts facts = RuleFacts.of(rule, name -> policy.limit(environment, name), resource);
            if (concludes(rule, facts, resource, true)) {
                more.add(new Side(rule, facts));
            } else if (concludes(rule, facts, resource, false)) {
                less.add(new Side(rule, facts));
            }
        }
        for (Side up : more) {
            for (Side down : less) {
                example(up, down)
                        .filter(amounts -> told.add(up.rule.id() + " " + down.rule.id()))
                        .ifPresent(amounts -> findings.add(down.rule
                                .place()
                                .warning(
                                        "contradicting-rules",
                                        "rule `" + down.rule.name() + "` can conclude that there is too much of "
                                                + resource.substring(resource.indexOf('.') + 1) + " while rule `"
                                                + up.rule.name() + "` at " + up.rule.place()
                                                + " concludes that there is too little: with the values for `"
                                                + environment + "`, such as at "
                                                + RuleSetAnalysis.shown(amounts))));
            }
        }
    }

    private static Optional<Map<String, Double>> example(Side up, Side down) {
        if (!up.facts.isComplete() || !down.facts.isComplete()) {
            return Optional.empty();
        }
        List<Atom> atoms = new ArrayList<>(up.facts.atoms());
        atoms.addAll(down.facts.atoms());
        Together together = new Together(atoms, List.of());
        return together.isExact() ? together.example() : Optional.empty();
    }

    private static boolean concludes(RuleStructure rule, RuleFacts facts, String resource, boolean upgrade) {
        return rule.conclusions().stream()
                .flatMap(one -> one.inserted().stream())
                .filter(Expr.Call.class::isInstance)
                .map(Expr.Call.class::cast)
                .filter(call -> call.of().size() == 1 && call.of().get(0).text().equals("Need"))
                .anyMatch(call -> upgrade
                        ? MORE.contains(call.name()) && isOf(call, facts, resource)
                        : call.name().equals("downgrade") && isOf(call, facts, resource)
                                || call.name().equals("idle") && resource.equals("Resource.CPU"));
    }

    private static boolean isOf(Expr.Call call, RuleFacts facts, String resource) {
        return !call.arguments().isEmpty()
                && facts.key(call.arguments().get(0).text()).equals("Demand[" + resource + "]");
    }
}
