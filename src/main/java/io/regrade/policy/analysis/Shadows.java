package io.regrade.policy.analysis;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.Parameter;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.List;

/** Rules that conclude what another one concludes under weaker conditions: they change nothing. */
final class Shadows {

    private record Read(RuleStructure rule, RuleFacts facts, String conclusion, Together together) {}

    private Shadows() {}

    static void find(List<RuleStructure> rules, List<Parameter> parameters, List<Diagnostic> findings) {
        List<Read> all = new ArrayList<>();
        for (RuleStructure rule : rules) {
            if (!rule.conclusions().isEmpty()) {
                RuleFacts facts = RuleFacts.of(rule, name -> Double.NaN, "");
                String conclusion = rule.conclusions().stream()
                        .map(one -> facts.text(one.statement()))
                        .toList()
                        .toString();
                all.add(new Read(rule, facts, rule.phase() + conclusion, new Together(facts.atoms(), parameters)));
            }
        }
        for (int i = 0; i < all.size(); i++) {
            for (int j = 0; j < all.size(); j++) {
                Read weak = all.get(i);
                Read strong = all.get(j);
                if (i != j
                        && weak.conclusion.equals(strong.conclusion)
                        && isWeaker(weak, strong)
                        && (i < j || !isWeaker(strong, weak))) {
                    findings.add(strong.rule
                            .place()
                            .warning(
                                    "shadowed-rule",
                                    "rule `" + strong.rule.name() + "` changes nothing: whenever it fires, rule `"
                                            + weak.rule.name() + "` at " + weak.rule.place()
                                            + " concludes the same"));
                }
            }
        }
    }

    private static boolean isWeaker(Read weak, Read strong) {
        return !strong.together.areContradictory()
                && strong.facts.others().containsAll(weak.facts.others())
                && weak.facts.patterns().stream().allMatch(strong.facts.patterns()::contains)
                && weak.facts.atoms().stream().allMatch(strong.together::imply);
    }
}
