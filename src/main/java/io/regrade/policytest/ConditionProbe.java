package io.regrade.policytest;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.RuleCompiler;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.structure.RuleStructure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Measures which conditions of the rules the tests show both ways. Beside each rule stands, for each of its conditions, a
 * copy that asks for the opposite of that one condition and concludes nothing: when the copy fires, everything else held,
 * so it was a near miss.
 */
final class ConditionProbe {

    private ConditionProbe() {}

    /**
     * Runs the tests once more with the copies.
     *
     * @param tests the cases to run
     */
    static List<ConditionCoverage> run(PolicyBundle policy, RuleCompiler compiler, List<TestCase> tests) {
        ChangedPolicy changed = new ChangedPolicy(policy, compiler);
        Map<String, Map<Conditions.One, Integer>> probes = new HashMap<>();
        for (RuleStructure rule : changed.structure().rules()) {
            probes.put(rule.id(), changed.addProbes(rule));
        }
        Set<String> fired = new HashSet<>();
        Set<String> missed = new HashSet<>();
        try (ReadyPolicy ready = changed.compiled(compiler)) {
            for (TestCase test : tests) {
                DecideVm decide = new DecideVm(ready, Catalog.of(test.targets()), test.pricing());
                for (VmFacts vm : test.vms()) {
                    seen(decide.decide(vm, test.at()), policy, fired, missed);
                }
            }
        }
        List<ConditionCoverage> coverage = new ArrayList<>();
        for (RuleStructure rule : changed.structure().rules()) {
            for (Conditions.One one : changed.conditions(rule)) {
                Integer probe = probes.getOrDefault(rule.id(), Map.of()).get(one);
                boolean near = probe == null || changed.refused().containsKey(probe)
                        ? missed.contains(rule.id())
                        : fired.contains(ChangedPolicy.probeId(rule, probe));
                coverage.add(new ConditionCoverage(
                        rule.id(),
                        one.text(),
                        one.place().file(),
                        one.place().line(),
                        one.place().column(),
                        fired.contains(rule.id()),
                        near));
            }
        }
        return coverage;
    }

    private static void seen(Decision decision, PolicyBundle policy, Set<String> fired, Set<String> missed) {
        Set<String> now = new HashSet<>(decision.trace().rules());
        fired.addAll(now);
        policy.rules().forEach(rule -> {
            if (!now.contains(rule.id())) {
                missed.add(rule.id());
            }
        });
    }
}
