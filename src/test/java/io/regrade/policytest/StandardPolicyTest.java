package io.regrade.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.engine.drools.CompiledOnce;
import io.regrade.pipeline.ReadyPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every policy test of the standard policy is a test here, and every one of its rules is covered by them. */
class StandardPolicyTest {

    private static TestReport report;
    private static TestReport example;
    private static List<ConditionCoverage> conditions;
    private static int compiled;
    private static int written;

    @BeforeAll
    static void run() throws IOException {
        try (ReadyPolicy policy = ReadyPolicy.load(Path.of("rules/standard"), CompiledOnce.compiler())) {
            report = PolicyTests.run(policy);
            compiled = policy.rules().size();
            example = PolicyTests.run(withTest(policy, exampleOfTheDocs()));
            written = policy.bundle().rules().size();
            conditions = PolicyTests.conditions(policy.bundle(), CompiledOnce.compiler());
        }
    }

    private static ReadyPolicy withTest(ReadyPolicy policy, String test) {
        SortedMap<String, String> tests = new TreeMap<>(Map.of("tests/example_test.yaml", test));
        return new ReadyPolicy(policy.bundle().withTests(tests), policy.rules());
    }

    private static String exampleOfTheDocs() throws IOException {
        String page = Files.readString(Path.of("docs/policy-tests.md"));
        String block = page.substring(page.indexOf("```yaml\n") + "```yaml\n".length());
        return block.substring(0, block.indexOf("```"));
    }

    @Test
    void exampleOfTheDocs_passes() {
        assertThat(example.problems()).isEmpty();
        assertThat(example.cases())
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.differences()).isEmpty());
    }

    @TestFactory
    Stream<DynamicTest> policyTests() {
        return report.cases().stream()
                .map(one -> DynamicTest.dynamicTest(
                        one.suite() + ": " + one.name(),
                        () -> assertThat(one.differences()).isEmpty()));
    }

    @Test
    void testFiles_haveNoProblems() {
        assertThat(report.problems()).isEmpty();
        assertThat(report.passed()).isTrue();
    }

    @Test
    void nearlyEveryCondition_isSeenBothWays() {
        assertThat(conditions).hasSizeGreaterThan(200);
        long both = conditions.stream().filter(ConditionCoverage::isComplete).count();
        assertThat((double) both / conditions.size()).isGreaterThan(0.92);
    }

    @Test
    void everyRuleOfTheRuleFiles_hasAFiringCaseAndANearMiss() {
        assertThat(report.uncovered())
                .filteredOn(one -> !one.rule().isTableRow())
                .extracting(one -> one.rule().id())
                .isEmpty();
    }

    @Test
    void everyRowOfTheDecisionTables_isARuleThatIsCompiled() {
        assertThat(compiled).isEqualTo(written);
        assertThat(report.coverage())
                .filteredOn(one -> one.rule().isTableRow())
                .extracting(one -> one.rule().id())
                .hasSizeGreaterThan(30)
                .contains("os-life-cycle-rhel-7", "os-life-cycle-windows-2022", "feature-pci-selinux")
                .doesNotHaveDuplicates();
    }

    @Test
    void theCasesOfTheMission_areThereByName() {
        List<String> names = report.cases().stream().map(CaseResult::name).toList();
        assertThat(names)
                .contains(
                        "three VMs: A needs an upgraded operating system and a target offers it, B is operating"
                                + " efficiently and stays, C has too much memory and a smaller target exists",
                        "a VM that would benefit from a security-enhanced operating system",
                        "a VM whose bandwidth is not consumed and a target with less",
                        "a VM that needs 4 processors where no target offers 4: a new one is instantiated",
                        "reassigning a whole set for cost");
    }
}
