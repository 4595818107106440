package io.regrade.policytest;

import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Changes a policy in small ways and asks its tests whether they notice. */
public final class MutationTests {

    private MutationTests() {}

    /**
     * Tries changes of a policy whose tests pass.
     *
     * @param report how the tests of this policy went; only cases that passed are asked
     * @throws InterruptedException when the calling thread is interrupted
     */
    public static MutationReport run(ReadyPolicy policy, TestReport report, MutationSettings settings)
            throws InterruptedException {
        PolicyBundle bundle = policy.bundle();
        Set<String> failed = new java.util.HashSet<>();
        report.cases().stream().filter(one -> !one.passed()).forEach(one -> failed.add(one.file() + ":" + one.line()));
        List<TestCase> tests = PolicyTests.cases(bundle, new ArrayList<>()).stream()
                .filter(test -> !failed.contains(test.file() + ":" + test.line()))
                .toList();
        List<Trial> trials = new ParameterMutants(bundle)
                .all().stream().filter(trial -> isMeant(trial, settings.only())).toList();
        return new MutationRun(policy, tests).run(trials, List.of(), settings);
    }

    private static boolean isMeant(Trial trial, String only) {
        return only.isEmpty()
                || trial.mutant().subject().equals(only)
                || trial.rules().contains(only);
    }
}
