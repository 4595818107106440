package io.regrade.policytest;

import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import java.util.List;
import java.util.function.Function;

/** Counts which rules the cases made fire, and which cases say so. */
final class Coverage {

    /** A case and how it went. */
    record Run(TestCase test, CaseResult result) {}

    private Coverage() {}

    /** The coverage of each rule, in the order of the policy's files. */
    static List<RuleCoverage> of(PolicyBundle bundle, List<Run> runs) {
        return bundle.rules().stream().map(rule -> of(rule, runs)).toList();
    }

    private static RuleCoverage of(RuleSource rule, List<Run> runs) {
        int cases = 0;
        for (Run run : runs) {
            boolean fired = run.result.decisions().stream()
                    .anyMatch(d -> d.trace().rules().contains(rule.id()));
            cases += fired ? 1 : 0;
        }
        return new RuleCoverage(
                rule, cases, saying(rule, runs, Expectation::fired), saying(rule, runs, Expectation::notFired));
    }

    private static List<CaseResult> saying(RuleSource rule, List<Run> runs, Function<Expectation, List<String>> what) {
        return runs.stream()
                .filter(run -> run.result.passed())
                .filter(run -> run.test.expectations().stream()
                        .anyMatch(e -> what.apply(e).contains(rule.id())))
                .map(Run::result)
                .toList();
    }
}
