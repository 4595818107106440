package io.regrade.policytest;

import io.regrade.engine.RuleCompiler;
import io.regrade.fact.Limit;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes a policy in small ways and asks its tests whether they notice. */
public final class MutationTests {

    private MutationTests() {}

    /**
     * Tries changes of a policy whose tests pass. Its rules are compiled once, each beside all its changed copies.
     *
     * @param bundle the policy
     * @param report how the tests of this policy went; only cases that passed are asked
     * @throws InterruptedException when the calling thread is interrupted
     */
    public static MutationReport run(
            PolicyBundle bundle, RuleCompiler compiler, TestReport report, MutationSettings settings)
            throws InterruptedException {
        Set<String> failed = new HashSet<>();
        report.cases().stream().filter(one -> !one.passed()).forEach(one -> failed.add(one.file() + ":" + one.line()));
        List<TestCase> tests = PolicyTests.cases(bundle, new ArrayList<>()).stream()
                .filter(test -> !failed.contains(test.file() + ":" + test.line()))
                .toList();
        ChangedPolicy changed = new ChangedPolicy(bundle, compiler);
        List<Trial> trials = new ArrayList<>(new ParameterMutants(bundle)
                .all().stream()
                        .filter(trial -> isMeant(trial, settings.only()))
                        .toList());
        for (ChangedPolicy.Numbered one : changed.addMutants(settings.only())) {
            Map<String, List<Limit>> limits = new HashMap<>();
            bundle.limits()
                    .forEach((environment, values) ->
                            limits.put(environment, ChangedPolicy.limits(values, one.number())));
            trials.add(new Trial(one.mutant(), limits, List.of(one.mutant().subject())));
        }
        try (ReadyPolicy ready = changed.compiled(compiler)) {
            return new MutationRun(ready, tests).run(trials, settings);
        }
    }

    private static boolean isMeant(Trial trial, String only) {
        return only.isEmpty()
                || trial.mutant().subject().equals(only)
                || trial.rules().contains(only);
    }
}
