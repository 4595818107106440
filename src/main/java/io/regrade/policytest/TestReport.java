package io.regrade.policytest;

import io.regrade.policy.Diagnostic;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How the tests of one policy version went.
 *
 * @param policy the policy's name
 * @param digest its digest
 * @param cases every case, in the order of the files
 * @param problems what is wrong with the test files; the cases concerned are not among {@code cases}
 * @param coverage how well each rule is covered, in the order of the policy's files
 * @param conditions how well each condition of each rule is covered; empty when that was not asked
 * @param mutation which changes of the policy the tests notice; null when that was not asked
 */
public record TestReport(
        String policy,
        String digest,
        List<CaseResult> cases,
        List<Diagnostic> problems,
        List<RuleCoverage> coverage,
        List<ConditionCoverage> conditions,
        @Nullable MutationReport mutation) {

    /** Copies the lists. */
    public TestReport {
        cases = List.copyOf(cases);
        problems = List.copyOf(problems);
        coverage = List.copyOf(coverage);
        conditions = List.copyOf(conditions);
    }

    /** The same with other results of its cases. */
    TestReport withCases(List<CaseResult> results) {
        return new TestReport(policy, digest, results, problems, coverage, conditions, mutation);
    }

    /** The same with what was found of changes of the policy. */
    public TestReport with(MutationReport found) {
        return new TestReport(policy, digest, cases, problems, coverage, conditions, found);
    }

    /** The same with the coverage of conditions. */
    public TestReport with(List<ConditionCoverage> found) {
        return new TestReport(policy, digest, cases, problems, coverage, found, mutation);
    }

    /** The share of the conditions that were seen both ways, 0 to 1; 1 when none was measured. */
    public double conditionShare() {
        return conditions.isEmpty()
                ? 1
                : (double) conditions.stream()
                                .filter(ConditionCoverage::isComplete)
                                .count()
                        / conditions.size();
    }

    /** Whether every case passed and every test file could be read. */
    public boolean passed() {
        return problems.isEmpty() && failures() == 0;
    }

    /** How many cases failed. */
    public long failures() {
        return cases.stream().filter(one -> !one.passed()).count();
    }

    /** The rules that no case expects to fire, or no case expects not to fire. */
    public List<RuleCoverage> uncovered() {
        return coverage.stream().filter(one -> !one.isComplete()).toList();
    }

    /** How many rules fired in at least one case. */
    public long rulesFired() {
        return coverage.stream().filter(one -> one.cases() > 0).count();
    }

    /** The share of the rules that have both a firing case and a near miss, 0 to 1; 1 when there are no rules. */
    public double coveredShare() {
        return coverage.isEmpty() ? 1 : (double) (coverage.size() - uncovered().size()) / coverage.size();
    }
}
