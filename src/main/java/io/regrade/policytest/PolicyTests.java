package io.regrade.policytest;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.RuleCompiler;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.OtherOrders;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the tests of a policy, {@code tests/*_test.yaml}. */
public final class PolicyTests {

    private static final double NANOS_A_SECOND = 1e9;

    private PolicyTests() {}

    /**
     * Compiles the policy in a directory and runs its tests.
     *
     * @throws io.regrade.policy.PolicyException with everything that is wrong with the policy; what is wrong with its
     *     tests is in the report
     */
    public static TestReport run(Path directory, RuleCompiler compiler) {
        try (ReadyPolicy policy = ReadyPolicy.load(directory, compiler)) {
            return run(policy);
        }
    }

    /** Runs the tests of a policy that is compiled; files that cannot be read are left out, with the reasons said. */
    public static TestReport run(ReadyPolicy policy) {
        List<Diagnostic> problems = new ArrayList<>();
        return run(policy, cases(policy.bundle(), problems), problems);
    }

    private static TestReport run(ReadyPolicy policy, List<TestCase> tests, List<Diagnostic> problems) {
        PolicyBundle bundle = policy.bundle();
        List<CaseResult> results = new ArrayList<>();
        List<Coverage.Run> runs = new ArrayList<>();
        for (TestCase test : tests) {
            CaseResult result = run(test, policy);
            results.add(result);
            runs.add(new Coverage.Run(test, result));
        }
        return new TestReport(
                bundle.name(),
                bundle.digest(),
                results,
                problems.stream().sorted().toList(),
                Coverage.of(bundle, runs),
                List.of(),
                null);
    }

    /** Which conditions of the rules the tests show both ways; compiles the rules with a copy for each of them. */
    public static List<ConditionCoverage> conditions(PolicyBundle bundle, RuleCompiler compiler) {
        return ConditionProbe.run(bundle, compiler, cases(bundle, new ArrayList<>()));
    }

    /**
     * Runs the tests, and again with the facts of each case inserted in other orders and with the rules of each file in the
     * opposite one: a case that passes by chance fails.
     *
     * @param compiler which compiles the policy once more, with its rules in the opposite order
     */
    public static TestReport runInOtherOrders(ReadyPolicy policy, RuleCompiler compiler) {
        List<Diagnostic> problems = new ArrayList<>();
        List<TestCase> tests = cases(policy.bundle(), problems);
        TestReport report = run(policy, tests, problems);
        List<CaseResult> results = new ArrayList<>();
        try (OtherOrders orders = OtherOrders.of(policy, compiler)) {
            for (int i = 0; i < tests.size(); i++) {
                results.add(inOtherOrders(orders, tests.get(i), report.cases().get(i)));
            }
        }
        return report.withCases(results);
    }

    private static CaseResult inOtherOrders(OtherOrders orders, TestCase test, CaseResult result) {
        List<Difference> differences = new ArrayList<>(result.differences());
        List<DecideVm> others = orders.over(Catalog.of(test.targets()), test.pricing());
        for (int i = 0; i < test.vms().size(); i++) {
            VmFacts vm = test.vms().get(i);
            Decision decision = result.decisions().get(i);
            others.stream()
                    .map(other -> other.decide(vm, test.at()))
                    .filter(again -> !OtherOrders.difference(decision, again).isEmpty())
                    .findFirst()
                    .ifPresent(again -> differences.add(
                            new Difference(test.file(), test.line(), vm.vm().id(), difference(decision, again))));
        }
        return result.with(differences);
    }

    private static String difference(Decision decision, Decision again) {
        String rule = OtherOrders.onlyIn(decision, again);
        return OtherOrders.difference(decision, again) + (rule.isEmpty() ? "" : ": rule `" + rule + "`");
    }

    /** The cases of all test files of a policy; what is wrong with a file is added to the problems. */
    static List<TestCase> cases(PolicyBundle bundle, List<Diagnostic> problems) {
        List<String> ids = bundle.rules().stream().map(RuleSource::id).toList();
        List<TestCase> cases = new ArrayList<>();
        bundle.tests().forEach((file, text) -> cases.addAll(SuiteReader.read(file, text, ids, problems)));
        return cases;
    }

    private static CaseResult run(TestCase test, ReadyPolicy policy) {
        long begin = System.nanoTime();
        DecideVm decide = new DecideVm(policy, Catalog.of(test.targets()), test.pricing());
        List<Decision> decisions = new ArrayList<>();
        List<Difference> differences = new ArrayList<>();
        for (VmFacts vm : test.vms()) {
            Decision decision = decide.decide(vm, test.at());
            decisions.add(decision);
            for (Expectation expected : test.expectations()) {
                if (expected.vm().equals(vm.vm().id())) {
                    differences.addAll(Judge.differences(test, expected, decision));
                }
            }
        }
        double seconds = (System.nanoTime() - begin) / NANOS_A_SECOND;
        return new CaseResult(test.suite(), test.name(), test.file(), test.line(), decisions, differences, seconds);
    }
}
