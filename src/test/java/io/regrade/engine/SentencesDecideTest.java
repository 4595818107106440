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
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
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
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rules as sentences decide as the same rules do in the rule language. */
class SentencesDecideTest {

    private static final String VETOES = "match/vetoes";
    private static final Set<String> IDS =
            Set.of("burstable-steady", "price-cap", "sla-saturation", "risk-too-high", "dismissed-target");

    /** The standard policy with its vetoes in the rule language, as they were before there were sentences. */
    private static ReadyPolicy former;

    @TempDir
    Path directory;

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

    /** Compares what both decide of each machine; the ids of the vetoes that fired. */
    private static Set<String> expectTheSame(DecideVm before, DecideVm after, List<VmFacts> vms, EvaluationTime time) {
        Set<String> fired = new TreeSet<>();
        for (VmFacts vm : vms) {
            Decision decision = after.decide(vm, time);
            assertThat(decision.errors()).isEmpty();
            assertThat(comparable(decision)).isEqualTo(comparable(before.decide(vm, time)));
            fired.addAll(decision.trace().rules());
        }
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
                vms.add(vm.dismissed(List.of(
                        new Dismissal(Action.RECLASSIFY, decision.target().id(), until, "jane", "too loud"))));
            }
        }
        assertThat(expectTheSame(before, after, vms, Policies.TIME)).containsExactlyInAnyOrderElementsOf(IDS);
    }

    @Test
    void vetoes_ofTheSampleFleet_areThoseOfTheFormerRules() throws IOException {
        Instant end = Instant.parse("2026-06-01T00:00:00Z");
        SampleFleet.write(directory, SampleFleet.Options.demo(end));
        Fleet fleet = new FleetReader().read(directory);
        Catalog catalog = Catalog.of(fleet.targets());
        assertThat(expectTheSame(
                        new DecideVm(former, catalog, fleet.pricing()),
                        new DecideVm(Policies.compiledStandard(), catalog, fleet.pricing()),
                        fleet.vms(),
                        new EvaluationTime(end)))
                .isNotEmpty();
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
                      - {resource: memory_gib, unit: GiB, window_days: 14, samples: 4032, p99: 7.99, max: 12}
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
