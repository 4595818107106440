package io.regrade.engine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.catalog.Catalog;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.fact.Action;
import io.regrade.fact.Dismissal;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policytest.CaseResult;
import io.regrade.policytest.PolicyTests;
import io.regrade.policytest.TestReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules as sentences decide as the same rules do in the rule language. */
class SentencesDecideTest {

    private static final String VETOES = "match/vetoes";
    private static final Set<String> IDS = Set.of(
            "burstable-steady", "price-cap", "sla-saturation", "risk-too-high", "dismissed-target", "counter-price");

    /** The standard policy with its vetoes in the rule language, as they were before there were sentences. */
    private static ReadyPolicy former;

    @BeforeAll
    static void compile() throws IOException {
        SortedMap<String, String> files = Policies.standard();
        assertThat(files.remove(VETOES + ".dslr")).isNotNull();
        files.put(VETOES + ".drl", Files.readString(Path.of("src/test/resources/former-vetoes.drl")));
        former = Policies.ready(files);
    }

    @AfterAll
    static void close() {
        former.close();
    }

    /** All of a decision, its trace too, but what names the policy or is made of its digest. */
    private static String comparable(Decision decision) {
        ObjectNode node = DecisionJson.decision(decision, DecisionJson.Detail.FULL);
        node.remove(List.of("id", "policy"));
        return new String(CanonicalJson.bytes(node), UTF_8);
    }

    /** Compares two decisions of a machine; the ids of the vetoes that fired. */
    private static Set<String> expectTheSame(Decision before, Decision after) {
        assertThat(comparable(after)).isEqualTo(comparable(before));
        Set<String> fired = new TreeSet<>(after.trace().rules());
        fired.retainAll(IDS);
        return fired;
    }

    @Test
    void vetoes_ofMachinesOfManyKinds_areThoseOfTheFormerRules() {
        VariedVms varied = new VariedVms(19);
        Catalog catalog = Catalog.of(varied.targets());
        DecideVm before = new DecideVm(former, catalog, Policies.RATES);
        DecideVm after = new DecideVm(Policies.compiledStandard(), catalog, Policies.RATES);
        List<VmFacts> vms = new ArrayList<>();
        for (VmFacts vm : varied.machines(300)) {
            Decision decision = after.decide(vm, Policies.TIME);
            vms.add(vm);
            if (vms.size() % 10 == 0 && decision.target() != null) {
                Instant until = Policies.TIME.at().plusSeconds(1);
                vms.add(vm.said(
                        List.of(new Dismissal(
                                Action.RECLASSIFY, decision.target().id(), until, "jane", "too loud")),
                        null));
            }
        }
        Set<String> fired = new TreeSet<>();
        for (VmFacts vm : vms) {
            fired.addAll(expectTheSame(before.decide(vm, Policies.TIME), after.decide(vm, Policies.TIME)));
        }
        assertThat(fired).contains("burstable-steady", "dismissed-target", "price-cap");
    }

    @Test
    void vetoes_inTheCasesOfThePolicysTests_areThoseOfTheFormerRules() throws IOException {
        SortedMap<String, String> tests = new TreeMap<>();
        for (String name : List.of("weigh", "environments", "boundaries", "choose")) {
            String file = "tests/" + name + "_test.yaml";
            tests.put(file, Files.readString(Path.of("rules/standard", file)));
        }
        List<CaseResult> after = cases(Policies.compiledStandard(), tests);
        List<CaseResult> before = cases(former, tests);
        assertThat(after).hasSameSizeAs(before).hasSizeGreaterThan(50);
        Set<String> fired = new TreeSet<>();
        for (int i = 0; i < after.size(); i++) {
            for (int vm = 0; vm < after.get(i).decisions().size(); vm++) {
                fired.addAll(expectTheSame(
                        before.get(i).decisions().get(vm),
                        after.get(i).decisions().get(vm)));
            }
        }
        assertThat(fired).containsExactlyInAnyOrderElementsOf(IDS);
    }

    private static List<CaseResult> cases(ReadyPolicy policy, SortedMap<String, String> tests) {
        TestReport report = PolicyTests.run(new ReadyPolicy(policy.bundle().withTests(tests), policy.rules()));
        assertThat(report.problems()).isEmpty();
        return report.cases();
    }

    @Test
    void sentenceWithNumbers_isCompiledAndFires() {
        SortedMap<String, String> files = Policies.standard();
        files.keySet().removeIf(file -> !file.equals("policy.yaml") && !file.equals("vocabulary.dsl"));
        files.put("needs/quiet.dslr", """
                package quiet;
                import io.regrade.fact.*;
                agenda-group "choose"
                rule "Memory is quiet"
                  @id("memory-quiet")
                  @owner("finops")
                  @why("Memory that is never touched is paid for.")
                When the p99 of memory stays below 50 % of capacity for 14 days
                then
                  keep the machine, because its memory is quiet
                end
                """);
        files.put("tests/quiet_test.yaml", """
                name: Quiet memory
                at: 2026-06-01T00:00:00Z
                vms:
                  quiet:
                    memory_gib: 16
                    usage_summary:
                      - {resource: memory_gib, unit: GiB, window_days: 14, samples: 4032, mean: 4, p50: 4, p95: 7, p99: 7.99, max: 12}
                cases:
                  - name: memory below half of capacity for fourteen days
                    given: {vm: quiet}
                    expect: {action: keep, why: its memory is quiet, fired: [memory-quiet]}
                  - name: memory at half of capacity
                    given: {vm: {extends: quiet, usage_summary: [{resource: memory_gib, p99: 8}]}}
                    expect: {errors: [concluded nothing], not_fired: [memory-quiet]}
                  - name: memory below half of capacity for thirteen days
                    given: {vm: {extends: quiet, usage_summary: [{resource: memory_gib, window_days: 13}]}}
                    expect: {errors: [concluded nothing], not_fired: [memory-quiet]}
                """);
        try (ReadyPolicy policy = Policies.ready(files)) {
            TestReport report = PolicyTests.run(policy);
            assertThat(report.problems()).isEmpty();
            assertThat(report.cases())
                    .hasSize(3)
                    .allSatisfy(one -> assertThat(one.differences()).isEmpty());
        }
    }
}
