package io.regrade.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.io.StringReader;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/** The runner itself: what it says of cases that fail and of files that are wrong. */
class PolicyTestsTest {

    private static final String RULES = """
            package small;
            import io.regrade.fact.*;
            agenda-group "choose"
            rule "Small machines stay" @id("small-stays") @owner("o") @why("w")
            when $vm : Vm(capacity.vcpu < 4) then insert(Choice.keep("it is <small> & \\"fine\\"")); end
            rule "Large machines are unknown" @id("large-unknown") @owner("o") @why("w")
            when $vm : Vm(capacity.vcpu > 4) then insert(Choice.insufficientData("too large")); end
            """.replace("when", "\nwhen").replace("; end", ";\nend");
    private static final String HEAD = """
            name: suite
            at: 2026-06-01T00:00:00Z
            vms: {two: {vcpu: 2}, eight: {vcpu: 8}, four: {vcpu: 4}}
            cases:
            """;

    private static ReadyPolicy compiled;

    @BeforeAll
    static void compile() {
        compiled = ReadyPolicy.of(bundle(""), new DroolsCompiler());
    }

    @AfterAll
    static void close() {
        compiled.close();
    }

    private static PolicyBundle bundle(String test) {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("policy.yaml", "name: small\n");
        files.put("choose.drl", RULES);
        if (!test.isEmpty()) {
            files.put("tests/a_test.yaml", test);
        }
        return PolicyReader.of(files);
    }

    private static TestReport run(String test) {
        return PolicyTests.run(new ReadyPolicy(bundle(test), compiled.rules()));
    }

    private static List<String> problems(String test) {
        return run(test).problems().stream().map(Object::toString).toList();
    }

    private static List<String> differences(String expect) {
        TestReport report = run(HEAD + "  - name: one\n    given: {vm: two}\n    expect: " + expect + "\n");
        assertThat(report.problems()).isEmpty();
        return report.cases().get(0).differences().stream()
                .map(Difference::toString)
                .toList();
    }

    @Test
    void expectationThatHolds_passes_andCountsForCoverage() {
        TestReport report = run(HEAD + """
                  - name: small
                    given: {vm: two}
                    expect: {action: keep, why: <small>, fired: [small-stays], not_fired: [large-unknown]}
                  - name: large
                    given: {vm: eight}
                    expect: {action: insufficient-data, fired: [large-unknown], not_fired: [small-stays]}
                """);
        assertThat(report.passed()).isTrue();
        assertThat(report.uncovered()).isEmpty();
        assertThat(report.coveredShare()).isEqualTo(1);
        assertThat(report.coverage().get(0).cases()).isEqualTo(1);
        assertThat(report.coverage().get(0).nearMisses())
                .extracting(CaseResult::name)
                .containsExactly("large");
        assertThat(ReportText.of(report, true)).isEqualTo("""
                        ok    tests/a_test.yaml:5: small
                        ok    tests/a_test.yaml:8: large
                        2 cases, 0 failed; 2 rules, 2 fired, 2 with a firing case and a near miss (100 %)
                        """);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{action: reclassify}|expected action `reclassify` but was `keep`: it is <small> & \"fine\"",
                "{target: medium}|expected target `medium` but was `none`",
                "{why: efficient}|expected why with `efficient` but was `it is <small> & \"fine\"`",
                "{configuration: {vcpu: 4}}|expected configuration {vcpu: 4} but was null",
                "{needs: [{resource: vcpu}]}|expected needs with {resource: vcpu} but was nothing",
                "{rejected: [{target: x}]}|expected rejected with {target: x} but was nothing",
                "{fired: [large-unknown]}|expected rule `large-unknown` to fire but fired: small-stays",
                "{not_fired: [small-stays]}|expected rule `small-stays` not to fire but it did",
                "{saving_at_least: 5}|expected saving of at least 5 USD/month but was 0",
                "{risk_at_most: 1}|expected risk of at most 1 but was unknown",
                "{errors: [boom]}|expected an error with `boom` but was: no error"
            })
    void expectationThatFails_saysWhatWasExpectedAndWhatWas(String expect, String message) {
        assertThat(differences(expect)).containsExactly("tests/a_test.yaml:7: two: " + message);
    }

    @Test
    void errorThatNobodyExpects_failsTheCase_andOneThatIsExpectedDoesNot() {
        String nothing = HEAD + "  - {name: one, given: {vm: four}, expect: {action: keep}}\n";
        assertThat(run(nothing).cases().get(0).differences())
                .extracting(Difference::message)
                .containsExactly("expected no error but was: the policy concluded nothing for this machine");
        String expected = HEAD + "  - {name: one, given: {vm: four}, expect: {errors: [concluded nothing]}}\n";
        assertThat(run(expected).passed()).isTrue();
    }

    @Test
    void ruleThatThePolicyDoesNotHave_isAnErrorWithTheNearest() {
        assertThat(problems(HEAD + "  - {name: one, given: {vm: two}, expect: {fired: [smal-stays]}}\n"))
                .containsExactly("tests/a_test.yaml:5: `smal-stays` is not a rule of this policy. Maybe `small-stays`"
                        + " [unknown-rule]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{name: a, given: {vm: two}, expct: {action: keep}}|`expct` is not a field of a case. Maybe `expect`",
                "{name: a, given: {vm: tow}, expect: {action: keep}}|`tow` is none of the `vms`. Maybe `two`",
                "{name: a, given: {vm: {extends: tow}}, expect: {action: keep}}|`tow` is none of the `vms`. Maybe `two`",
                "{name: a, given: {vm: {extends: two, vcpus: 4}}, expect: {action: keep}}|`vcpus` is not a field of `vms`"
                        + " (other words go under `tags`). Maybe `vcpu`",
                "{name: a, given: {vm: {extends: two, vcpu: -1}}, expect: {action: keep}}|`vcpu` is `-1`, which is negative",
                "{name: a, given: {vm: two}, expect: {action: kep}}|`kep` is not an action. Maybe `keep`",
                "{name: a, given: {vm: two}, expect: {needs: [{resource: vcpu, direction: up}]}}|`up` is not a direction.",
                "{name: a, given: {vm: two}, expect: {}}|nothing is expected. Maybe `action: keep`",
                "{name: a, given: {vm: two, at: noon}, expect: {action: keep}}|`at` is `noon`, which is not a moment in UTC",
                "{name: a, given: {}, expect: {action: keep}}|either `vm` or `vms` is given",
                "{name: a, given: {vms: [two, four]}, expect: {action: keep}}|there are several machines. Maybe begin with"
                        + " `vm: two`"
            })
    void caseThatIsWrong_isReportedWithItsLine_andNotRun(String wrong, String message) {
        TestReport report = run(HEAD + "  - " + wrong + "\n  - {name: b, given: {vm: two}, expect: {action: keep}}\n");
        assertThat(report.passed()).isFalse();
        assertThat(report.cases()).extracting(CaseResult::name).containsExactly("b");
        assertThat(report.problems())
                .extracting(String::valueOf)
                .anyMatch(problem -> problem.startsWith("tests/a_test.yaml:5: " + message));
    }

    @Test
    void fileThatIsNoYaml_orRefersToItself_isReported() {
        assertThat(problems("name: [")).hasSize(1).first().asString().contains("tests/a_test.yaml", "this is not YAML");
        assertThat(problems("name: a\nname: b\n")).contains("tests/a_test.yaml:2: `name` is there twice [bad-yaml]");
        assertThat(problems("cases: &a [*a]\n")).hasSize(1);
        assertThat(problems("- a\n")).first().asString().contains("a test file begins with `name:`");
        assertThat(problems("a: ".repeat(40) + "b")).hasSize(1);
        assertThat(problems(HEAD.replace("four: {vcpu: 4}", "a: {extends: b}, b: {extends: a}")
                        + "  - {name: one, given: {vm: a}, expect: {action: keep}}\n"))
                .first()
                .asString()
                .contains("leads back to itself");
    }

    @Test
    void severalProblems_areReportedTogether() {
        assertThat(problems("nam: a\ncases: [{given: {vm: x}}, {name: b}]\n")).hasSizeGreaterThanOrEqualTo(4);
    }

    @Test
    void report_isXmlThatBuildServersRead_andJson() throws Exception {
        TestReport report = run(HEAD + """
                  - {name: "a <good> & \\"quoted\\" one", given: {vm: two}, expect: {action: keep}}
                  - {name: b, given: {vm: two}, expect: {why: "<not>", action: keep}}
                  - {name: c, given: {vm: tow}, expect: {action: keep}}
                """);
        Document xml = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(ReportXml.of(report))));
        Element suite = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("tests")).isEqualTo("3");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("errors")).isEqualTo("1");
        Element failure = (Element) xml.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message"))
                .isEqualTo("expected why with `<not>` but was `it is <small> & \"fine\"`");
        assertThat(ReportJson.of(report).path("passed").booleanValue()).isFalse();
        assertThat(ReportJson.of(report)
                        .path("cases")
                        .get(1)
                        .path("differences")
                        .get(0)
                        .path("line")
                        .intValue())
                .isEqualTo(6);
        assertThat(ReportJson.of(report).path("coverage").get(0).path("rule").textValue())
                .isEqualTo("small-stays");
        assertThat(ReportText.of(report, false)).contains("FAIL  tests/a_test.yaml:6: b\n", "1 problems in test files");
    }

    @Test
    void rowsOfATable_areCasesThatVaryOneCase() {
        TestReport report = run(HEAD + """
                  - name: how large a machine is
                    given: {vm: four}
                    columns: [name, given.vm.vcpu, expect.action, expect.fired]
                    rows:
                      - [small, 3.9, keep, [small-stays]]
                      - [large, 4.1, insufficient-data, [large-unknown]]
                  - name: what is stated by name
                    given: {vm: two}
                    expect: {action: keep}
                    rows:
                      - {name: as it is}
                      - {name: larger, given: {vm: {vcpu: 8}}, expect: {action: keep}}
                """);
        assertThat(report.problems()).isEmpty();
        assertThat(report.cases())
                .extracting(CaseResult::name, CaseResult::passed, CaseResult::line)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("how large a machine is: small", true, 9),
                        org.assertj.core.groups.Tuple.tuple("how large a machine is: large", true, 10),
                        org.assertj.core.groups.Tuple.tuple("what is stated by name: as it is", true, 15),
                        org.assertj.core.groups.Tuple.tuple("what is stated by name: larger", false, 16));
    }

    @Test
    void rowWithAnotherNumberOfValues_isReportedAtItsLine() {
        assertThat(problems(HEAD + """
                  - name: table
                    given: {vm: four}
                    columns: [given.vm.vcpu, expect.action]
                    rows:
                      - [3, keep]
                      - [3]
                """))
                .containsExactly("tests/a_test.yaml:10: a row is expected to have one value for each of the 2 `columns`"
                        + " [bad-test]");
    }

    @Test
    void recordedEntry_isWhatTheLedgerWouldKeep() {
        TestReport report = run(HEAD + """
                  - name: kept
                    given: {vm: two}
                    expect:
                      recorded:
                        vm: two
                        action: keep
                        outcome: decided
                        policy: {name: small}
                        errors: []
                        fired: [small-stays]
                        decided_at: 2026-06-01T00:00:00Z
                  - name: failed
                    given: {vm: four}
                    expect: {errors: [concluded nothing], recorded: {outcome: decided}}
                """);
        assertThat(report.problems()).isEmpty();
        assertThat(report.cases().get(0).differences()).isEmpty();
        assertThat(report.cases().get(1).differences())
                .extracting(Difference::message)
                .containsExactly("expected recorded outcome with decided but was failed");
    }

    @Test
    void junitReport_isValidByItsSchema() throws Exception {
        TestReport report = run(HEAD + """
                  - {name: a, given: {vm: two}, expect: {action: keep}}
                  - {name: b, given: {vm: two}, expect: {why: "<not>", action: reclassify}}
                  - {name: c, given: {vm: tow}, expect: {action: keep}}
                """);
        javax.xml.validation.SchemaFactory.newDefaultInstance()
                .newSchema(java.nio.file.Path.of("src/test/resources/junit-report.xsd")
                        .toFile())
                .newValidator()
                .validate(new javax.xml.transform.stream.StreamSource(new StringReader(ReportXml.of(report))));
        assertThat(ReportXml.of(report)).contains("tests=\"3\" failures=\"1\" errors=\"1\"");
    }

    @Test
    void changesThatNoTestNotices_areNamed_andConditionsWithoutANearMiss() throws InterruptedException {
        PolicyBundle bundle = bundle(HEAD + """
                  - {name: small, given: {vm: two}, expect: {fired: [small-stays], not_fired: [large-unknown]}}
                  - {name: large, given: {vm: eight}, expect: {fired: [large-unknown], not_fired: [small-stays]}}
                """);
        try (ReadyPolicy ready = ReadyPolicy.of(bundle, new DroolsCompiler())) {
            TestReport report = PolicyTests.run(ready);
            MutationReport changed = MutationTests.run(
                    ready, new DroolsCompiler(), report, new MutationSettings("", 600, 1, (done, all) -> {}));
            assertThat(changed.survivors())
                    .extracting(Mutant::change)
                    .containsExactly(
                            "rule `small-stays`: `capacity.vcpu < 4` with `<=`",
                            "rule `large-unknown`: `capacity.vcpu > 4` with `>=`");
            assertThat(changed.noticed()).hasSize(2);
            assertThat(changed.score()).isEqualTo(0.5);
            assertThat(PolicyTests.conditions(bundle, new DroolsCompiler()))
                    .extracting(ConditionCoverage::condition, ConditionCoverage::isComplete)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple("Vm(capacity.vcpu < 4)", true),
                            org.assertj.core.groups.Tuple.tuple("Vm(capacity.vcpu > 4)", true));
        }
    }

    @Test
    void changeThatDoesNotCompile_isToldWithTheReason_andTheOthersAreTried() throws InterruptedException {
        String table = Policies.TABLE
                .replace("\"\"$1\"\"", "\"\"--selinux\"\".substring($1)")
                .replace("selinux, cards", "2, cards")
                .replace("tpm, the law", "2, the law");
        SortedMap<String, String> files = Policies.small("tables/t.drl.csv", table);
        files.put("tests/a_test.yaml", """
                name: suite
                at: 2026-06-01T00:00:00Z
                cases:
                  - name: cards
                    given: {vm: {id: a, vcpu: 2, tags: {data: pci}}}
                    expect: {action: keep, fired: [data-pci], not_fired: [data-personal]}
                """);
        try (ReadyPolicy ready = ReadyPolicy.of(PolicyReader.of(files), new DroolsCompiler())) {
            TestReport report = PolicyTests.run(ready);
            assertThat(report.cases()).allMatch(CaseResult::passed);
            MutationReport changed = MutationTests.run(
                    ready, new DroolsCompiler(), report, new MutationSettings("data-pci", 600, 1, (done, all) -> {}));
            assertThat(changed.untried())
                    .extracting(one -> one.mutant().change())
                    .containsExactly(
                            "rule `data-pci`, cell C10: `2, cards` → `1.9, cards`",
                            "rule `data-pci`, cell C10: `2, cards` → `2.1, cards`");
            assertThat(changed.untried())
                    .extracting(MutationReport.Untried::reason)
                    .allMatch(reason -> reason.startsWith("it does not compile: ") && reason.contains("substring"));
            assertThat(changed.noticed())
                    .extracting(Mutant::change)
                    .containsExactly("rule `data-pci`, cell B10: `pci` → `personal`");
            assertThat(changed.survivors())
                    .extracting(Mutant::change)
                    .containsExactly("rule `data-pci`, cell C10: `2, cards` → `2, the law`");
            TestReport whole = report.with(changed);
            assertThat(ReportText.of(whole, false))
                    .contains(
                            "not tried tables/t.drl.csv:10:",
                            "2 changes tried, 1 noticed (50 %), 1 not; 2 do not compile; ");
            assertThat(ReportJson.of(whole)
                            .path("mutation")
                            .path("untried")
                            .get(1)
                            .path("reason")
                            .textValue())
                    .startsWith("it does not compile: ");
        }
    }
}
