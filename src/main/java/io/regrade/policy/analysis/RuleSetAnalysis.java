package io.regrade.policy.analysis;

import io.regrade.fact.Numbers;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.Parameter;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.structure.Condition;
import io.regrade.policy.structure.PolicyStructure;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What can be told of the rules of a policy taken together without evaluating any machine. Every finding is a warning, and
 * is made only where it is sure; what it cannot see is told in {@code docs/rules/checking.md}.
 */
public final class RuleSetAnalysis {

    /** What the evaluation itself asks for: {@code PhaseLimits} and the simulation. */
    private static final Set<String> USED_BY_THE_EVALUATION = Set.of(
            "saturation-utilisation",
            "risk-margin",
            "memory-shortage-weight",
            "memory-excess-median",
            "memory-excess-shape");

    private static final String ANY_RESOURCE = "";

    private final PolicyBundle policy;
    private final List<RuleStructure> rules;
    private final List<Diagnostic> findings = new ArrayList<>();

    private RuleSetAnalysis(PolicyBundle policy, List<RuleStructure> rules) {
        this.policy = policy;
        this.rules = rules;
    }

    /** The findings, ordered by place. */
    public static List<Diagnostic> of(PolicyBundle policy, PolicyStructure structure) {
        List<RuleStructure> whole =
                structure.rules().stream().filter(RuleStructure::isWhole).toList();
        RuleSetAnalysis analysis = new RuleSetAnalysis(policy, whole);
        if (whole.size() == structure.rules().size()) {
            analysis.unusedParameters(); // what a broken rule uses is not known
            analysis.neverFires();
        }
        analysis.concludesNothing();
        CrossJoins.find(whole, analysis.findings);
        Shadows.find(whole, policy.parameters(), analysis.findings);
        FragileNots.find(whole, analysis.findings);
        Contradictions.find(policy, whole, analysis.findings);
        return analysis.findings.stream().distinct().sorted().toList();
    }

    private void concludesNothing() {
        rules.stream()
                .filter(rule -> rule.conclusions().isEmpty())
                .forEach(rule -> findings.add(rule.place()
                        .warning(
                                "concludes-nothing",
                                "rule `" + rule.name() + "` concludes nothing: whether it fires changes nothing. Maybe "
                                        + (rule.isTableRow() ? "fill its cell in an ACTION column" : "`insert(…);`"))));
    }

    private void unusedParameters() {
        Set<String> used = new TreeSet<>(USED_BY_THE_EVALUATION);
        rules.forEach(rule -> rule.parameters().forEach(name -> used.add(name.value())));
        boolean any = rules.stream()
                .flatMap(RuleStructure::patterns)
                .anyMatch(pattern -> pattern.fact().equals(RuleStructure.PARAMETER_FACT)
                        && pattern.constraints().stream()
                                .noneMatch(one -> one.text().startsWith("name == \"")));
        for (Parameter parameter : any ? List.<Parameter>of() : policy.parameters()) {
            if (!used.contains(parameter.name())) {
                findings.add(Diagnostic.warning(
                        "unused-parameter",
                        "policy.yaml",
                        parameter.line(),
                        "nobody asks for `" + parameter.name() + "`: changing it changes nothing"));
            }
        }
    }

    private void neverFires() {
        FactFlow flow = new FactFlow(rules);
        for (RuleStructure rule : rules) {
            required(rule.conditions()).forEach(pattern -> {
                String missing = flow.missing(rule, pattern);
                if (!missing.isEmpty()) {
                    findings.add(pattern.place()
                            .warning("never-fires", "rule `" + rule.name() + "` can never fire: " + missing));
                }
            });
            List<Atom> atoms =
                    RuleFacts.of(rule, name -> Double.NaN, ANY_RESOURCE).atoms();
            if (new Together(atoms, policy.parameters()).areContradictory()) {
                List<Atom> core = Together.core(atoms, policy.parameters());
                findings.add(core.get(core.size() - 1)
                        .expr()
                        .place()
                        .warning(
                                "never-fires",
                                "rule `" + rule.name() + "` can never fire: "
                                        + core.stream()
                                                .map(atom -> "`" + atom.expr().text() + "`")
                                                .collect(Collectors.joining(" and "))
                                        + (core.size() == 1
                                                ? " is never true"
                                                : " are never true together, whatever the parameters are")));
            }
        }
    }

    /** The patterns without which a rule cannot fire. */
    private static List<Condition.Pattern> required(List<Condition> conditions) {
        List<Condition.Pattern> required = new ArrayList<>();
        for (Condition condition : conditions) {
            if (condition instanceof Condition.Pattern pattern) {
                required.add(pattern);
            } else if (condition instanceof Condition.Group group
                    && (group.kind() == Condition.Kind.AND || group.kind() == Condition.Kind.EXISTS)) {
                required.addAll(required(group.conditions()));
            }
        }
        return required;
    }

    /** Amounts as a sentence lists them. */
    static String shown(java.util.Map<String, Double> amounts) {
        return new java.util.TreeMap<>(amounts)
                .entrySet().stream()
                        .map(one -> "`" + one.getKey() + "` " + Numbers.show(one.getValue()))
                        .collect(Collectors.joining(", "));
    }
}
