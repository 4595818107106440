package io.regrade.policy.analysis;

import io.regrade.policy.check.Phases;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.Expr;
import io.regrade.policy.structure.RuleStructure;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which facts can be there in which phase: what the evaluation gives, and what the rules conclude. */
final class FactFlow {

    /** From which phase on the evaluation itself gives a fact. */
    private static final Map<String, String> GIVEN = Map.ofEntries(
            Map.entry("EvaluationTime", "require"),
            Map.entry("Vm", "require"),
            Map.entry("Usage", "require"),
            Map.entry("Redundancy", "require"),
            Map.entry("Dismissal", "require"),
            Map.entry("CounterOffer", "require"),
            Map.entry("Sla", "require"),
            Map.entry("SoftwareModule", "require"),
            Map.entry("Requirement", "require"),
            Map.entry("Limit", "require"),
            Map.entry("Demand", "needs"),
            Map.entry("Projection", "match"),
            Map.entry("Candidate", "choose"),
            Map.entry("Instantiation", "choose"));
    /** What the ways to make a fact set, where it is always the same. */
    private static final Map<String, String> MADE = Map.of(
            "Need.upgrade", "Need.Direction.UPGRADE",
            "Need.agreed", "Need.Direction.UPGRADE",
            "Need.newerOs", "Need.Direction.UPGRADE",
            "Need.downgrade", "Need.Direction.DOWNGRADE",
            "Need.idle", "Need.Direction.DOWNGRADE",
            "Benefit.cost", "Benefit.Kind.COST",
            "Benefit.closedGap", "Benefit.Kind.SECURITY");

    private static final Set<String> TOLD_BY = Set.of("Need.direction", "Benefit.kind");

    private final List<RuleStructure> rules;

    FactFlow(List<RuleStructure> rules) {
        this.rules = rules;
    }

    /** Why no fact that a pattern matches can be there when its rule fires; empty when one may be. */
    String missing(RuleStructure rule, Condition.Pattern pattern) {
        if (!pattern.from().isEmpty() || unknown()) {
            return "";
        }
        String fact = pattern.fact();
        int phase = order(rule.phase());
        List<RuleStructure> makers = rules.stream()
                .filter(one -> one.conclusions().stream()
                        .anyMatch(made -> made.insertedFact().equals(fact)))
                .toList();
        boolean given = GIVEN.containsKey(fact) && order(GIVEN.get(fact)) <= phase;
        if (!given && makers.stream().noneMatch(maker -> order(maker.phase()) <= phase)) {
            return GIVEN.containsKey(fact)
                    ? "there is no `" + fact + "` before phase `" + GIVEN.get(fact) + "`"
                    : makers.isEmpty()
                            ? "no rule concludes a `" + fact + "`"
                            : "`" + fact + "` is concluded in phase `"
                                    + makers.get(0).phase() + "`, which comes later";
        }
        return given ? "" : constant(fact, pattern);
    }

    /** A conclusion that cannot be read may be of any fact. */
    private boolean unknown() {
        return rules.stream()
                .filter(RuleStructure::isWhole)
                .anyMatch(rule ->
                        rule.conclusions().isEmpty() && !rule.consequence().isBlank()
                                || rule.conclusions().stream()
                                        .anyMatch(one -> one.statement() instanceof Expr.Other
                                                || !one.inserted().isEmpty()
                                                        && one.insertedFact().isEmpty()));
    }

    private String constant(String fact, Condition.Pattern pattern) {
        for (Expr constraint : pattern.constraints()) {
            if (constraint instanceof Expr.Binary binary
                    && binary.operator().equals("==")
                    && TOLD_BY.contains(fact + "." + binary.left().text())) {
                String wanted = binary.right().text();
                String type = wanted.substring(0, Math.max(0, wanted.lastIndexOf('.')));
                Set<String> made = made(fact, type);
                if (!made.contains("") && !made.contains(wanted)) {
                    return "no rule concludes a `" + fact + "` with `" + wanted + "`";
                }
            }
        }
        return "";
    }

    /** The constants of a type that conclusions of a fact have; with the empty text when one may have any. */
    private Set<String> made(String fact, String type) {
        Set<String> made = new HashSet<>();
        for (RuleStructure rule : rules) {
            for (RuleStructure.Conclusion one : rule.conclusions()) {
                if (one.insertedFact().equals(fact)) {
                    Expr what = one.inserted().get(0);
                    String told = what.all()
                            .map(Expr::text)
                            .filter(text -> text.startsWith(type + "."))
                            .findFirst()
                            .orElse("");
                    String way = what instanceof Expr.Call call ? fact + "." + call.name() : "";
                    made.add(told.isEmpty() ? MADE.getOrDefault(way, "") : told);
                }
            }
        }
        return made;
    }

    private static int order(String phase) {
        // Targets are looked at in turns: what was concluded of earlier ones is there when the next are matched.
        int order = Phases.NAMES.indexOf(phase);
        return phase.equals("benefit") ? Phases.NAMES.indexOf("match") : order;
    }
}
