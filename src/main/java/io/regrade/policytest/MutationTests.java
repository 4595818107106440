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
     * @param policy the policy, compiled
     * @param report how the tests of this policy went; only cases that passed are asked
     * @throws InterruptedException when the calling thread is interrupted
     */
    public static MutationReport run(
            ReadyPolicy policy, RuleCompiler compiler, TestReport report, MutationSettings settings)
            throws InterruptedException {
        PolicyBundle bundle = policy.bundle();
        Set<String> failed = new HashSet<>();
        report.cases().stream().filter(one -> !one.passed()).forEach(one -> failed.add(one.file() + ":" + one.line()));
        List<TestCase> tests = PolicyTests.cases(bundle, new ArrayList<>()).stream()
                .filter(test -> !failed.contains(test.file() + ":" + test.line()))
                .toList();
        List<Trial> numbers = new ParameterMutants(bundle)
                .all().stream().filter(trial -> isMeant(trial, settings.only())).toList();
        ChangedPolicy changed = new ChangedPolicy(bundle, compiler);
        List<ChangedPolicy.Numbered> rules = changed.addMutants(settings.only());
        int all = numbers.size() + rules.size();
        MutationReport first = new MutationRun(policy, tests).run(numbers, settings.counting(0, all));
        if (rules.isEmpty()) {
            return first;
        }
        try (ReadyPolicy ready = changed.compiled(compiler)) {
            List<Trial> trials = new ArrayList<>();
            List<MutationReport.Untried> refused = new ArrayList<>();
            for (ChangedPolicy.Numbered one : rules) {
                String reason = changed.refused().get(one.number());
                if (reason == null) {
                    trials.add(new Trial(
                            one.mutant(),
                            limits(bundle, one.number()),
                            List.of(one.mutant().subject())));
                } else {
                    refused.add(new MutationReport.Untried(one.mutant(), "it does not compile: " + reason));
                }
            }
            MutationRun run = new MutationRun(ready, tests);
            run.expectNoChange(limits(bundle, 0));
            return first.and(new MutationReport(List.of(), List.of(), refused, 0))
                    .and(run.run(
                            trials,
                            settings.within(settings.seconds() - first.seconds())
                                    .counting(numbers.size() + refused.size(), all)));
        }
    }

    /** The limits of every environment with one changed rule in force, or none for 0. */
    private static Map<String, List<Limit>> limits(PolicyBundle bundle, int inForce) {
        Map<String, List<Limit>> limits = new HashMap<>();
        bundle.limits()
                .forEach((environment, values) -> limits.put(environment, ChangedPolicy.limits(values, inForce)));
        return limits;
    }

    private static boolean isMeant(Trial trial, String only) {
        return only.isEmpty()
                || trial.mutant().subject().equals(only)
                || trial.rules().contains(only);
    }
}
