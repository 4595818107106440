package io.regrade.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.Action;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Need;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.pipeline.impact.Change;
import io.regrade.pipeline.impact.FleetSubjects;
import io.regrade.pipeline.impact.Impact;
import io.regrade.pipeline.impact.MeasureImpact;
import io.regrade.pipeline.impact.Setting;
import io.regrade.policy.Policies;
import io.regrade.policy.PolicyReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** 300 real machines against 1,300 real instance types, read where they are; skipped where they are not. */
class RealFleetTest {

    private static final EvaluationTime TIME = new EvaluationTime(Instant.parse("2026-01-31T00:00:00Z"));
    private static final double HOURS_A_MONTH = 730;
    /** Quantiles and what is calculated from them may differ in their last digits. */
    private static final double ROUNDING = 1 - 1e-9;

    private static Path directory;
    private static Fleet fleet;
    private static ReadyPolicy policy;
    private static List<Decision> decisions;

    @BeforeAll
    static void decide() throws InterruptedException {
        String shared = System.getProperty("REGRADE_SHARED_DATA", System.getenv("REGRADE_SHARED_DATA"));
        directory = Path.of(shared == null ? "../shared/data" : shared).resolve("fleets/bitbrains-faststorage");
        assumeTrue(
                Files.isDirectory(directory),
                "skipped: there is no real fleet in " + directory + "; set REGRADE_SHARED_DATA");
        fleet = new FleetReader().read(directory);
        policy = ReadyPolicy.load(Policies.STANDARD, CompiledOnce.compiler());
        decisions = evaluate(2);
    }

    @AfterAll
    static void close() {
        if (policy != null) {
            policy.close();
        }
    }

    private static List<Decision> evaluate(int threads) throws InterruptedException {
        DecideVm decide = new DecideVm(policy, Catalog.of(fleet.targets()), fleet.pricing());
        return EvaluateFleet.evaluate(decide, fleet.vms(), TIME, threads, done -> {});
    }

    @Test
    void everyMachine_isDecidedWithoutAnError() {
        assertThat(decisions).hasSize(300).allSatisfy(decision -> {
            assertThat(decision.errors()).isEmpty();
            assertThat(decision.why()).isNotBlank();
            assertThat(decision.trace().rules()).isNotEmpty();
        });
        assertThat(decisions).extracting(decision -> decision.vm().id()).doesNotHaveDuplicates();
        assertThat(decisions).filteredOn(d -> d.action() == Action.RECLASSIFY).hasSizeGreaterThan(100);
    }

    @Test
    void decisions_areTheSameWithOneThreadAndWithTwo() throws InterruptedException {
        List<Decision> again = evaluate(1);
        for (int i = 0; i < decisions.size(); i++) {
            assertThat(again.get(i)).isEqualTo(decisions.get(i));
        }
    }

    /** The figures of {@code docs/impact.md}. */
    @Test
    void impactOfEmptierProcessors_isWhatThePageTells() throws InterruptedException {
        SortedMap<String, String> files = new TreeMap<>(policy.bundle().written());
        files.computeIfPresent(
                "policy.yaml",
                (name, text) -> text.replaceFirst("(cpu-target-utilisation:(?s:.*?)default: )0.98", "$10.7"));
        EvaluationTime time = new EvaluationTime(Instant.parse("2026-11-22T00:00:00Z"));
        Setting setting = Setting.of(fleet.targets(), fleet.pricing());
        try (ReadyPolicy draft = ReadyPolicy.of(PolicyReader.of(files), new DroolsCompiler())) {
            Impact impact = new MeasureImpact(policy, draft, 2, 3)
                    .measure(new FleetSubjects(fleet.vms(), setting, time), one -> {}, done -> {});
            assertThat(impact.machines()).isEqualTo(300);
            assertThat(impact.changed()).isEqualTo(19);
            assertThat(impact.changes()).containsEntry(Change.ACTION, 12L).containsEntry(Change.REASONS, 58L);
            assertThat(impact.before().savingUsdMonth()).isCloseTo(10_539.51, within(0.01));
            assertThat(impact.savingDifferenceUsdMonth()).isCloseTo(-990.81, within(0.01));
            assertThat(impact.before().savedHoursMonth()).isCloseTo(3768.78, within(0.01));
            assertThat(impact.after().savedHoursMonth()).isCloseTo(4102.67, within(0.01));
            assertThat(impact.loweredRisk()).isEqualTo(11);
            assertThat(impact.raisedRisk()).isZero();
            assertThat(impact.most())
                    .extracting(one -> one.comparison().active().vm().id())
                    .startsWith("fs-110", "fs-971", "fs-598")
                    .contains("fs-951");
        }
    }

    /** From the row of {@code targets.csv} and the machine's own use, not by what decided. */
    @Test
    void everyChosenTarget_supportsWhatTheMachineUses() throws IOException {
        Map<String, NamedCsvRecord> targets = rows("targets.csv");
        Map<String, NamedCsvRecord> vms = rows("vms.csv");
        int checked = 0;
        for (int i = 0; i < decisions.size(); i++) {
            Decision decision = decisions.get(i);
            if (decision.target() == null) {
                continue;
            }
            checked++;
            NamedCsvRecord target = targets.get(decision.target().id());
            NamedCsvRecord vm = vms.get(decision.vm().id());
            VmFacts facts = fleet.vms().get(i);
            for (String same : new String[] {"cloud", "region", "arch"}) {
                assertThat(target.getField(same)).as("%s of %s", same, vm).isEqualTo(vm.getField(same));
            }
            assertThat(target.getField("os")).isIn("linux", vm.getField("os"));
            assertOffers(target, "vcpu", use(facts, Resource.CPU).worthwhileCapacity(0.98, 25, 20));
            double memory = use(facts, Resource.MEMORY).max();
            assertOffers(target, "memory_gib", Math.max(memory, Math.min(memory * 1.1, amount(vm, "memory_gib"))));
            assertOffers(target, "network_gbps", use(facts, Resource.NETWORK).p995() * 1.5);
            assertOffers(
                    target, "disk_mbps", use(facts, Resource.DISK_THROUGHPUT).p995() * 1.3);
            if (target.getField("burstable").equals("true")) {
                assertThat(use(facts, Resource.CPU).mean()).isLessThanOrEqualTo(amount(target, "vcpu") * 0.2);
            }
            assertThat(target.getField("type")).isNotEqualTo(vm.getField("type"));
            assertThat(decision.savingUsdMonth())
                    .isCloseTo(
                            (amount(vm, "price_usd_hour") - amount(target, "price_usd_hour")) * HOURS_A_MONTH,
                            within(1e-6));
            assertThat(decision.risk()).isBetween(0.0, 3.5);
        }
        assertThat(checked).isGreaterThan(100);
    }

    @Test
    void noMove_savesLessThanTheMinimumUnlessTheMachineIsUnderPressure() {
        double minimum = policy.bundle().limit("default", "minimum-saving");
        assertThat(minimum).isPositive();
        assertThat(decisions)
                .filteredOn(decision -> decision.action() == Action.RECLASSIFY)
                .allSatisfy(decision -> {
                    double worth = decision.benefits().stream()
                            .mapToDouble(benefit -> benefit.what().worthUsdMonth())
                            .sum();
                    assertThat(worth).isGreaterThanOrEqualTo(minimum * ROUNDING);
                    if (decision.needs().stream()
                            .noneMatch(need -> need.what().direction() == Need.Direction.UPGRADE)) {
                        assertThat(decision.savingUsdMonth()).isGreaterThanOrEqualTo(minimum);
                    }
                });
        assertThat(decisions)
                .filteredOn(decision -> decision.action() == Action.KEEP)
                .allSatisfy(decision -> assertThat(decision.savingUsdMonth()).isZero());
    }

    private static void assertOffers(NamedCsvRecord target, String column, double required) {
        if (required > 0) { // of what is never used, nothing need be known
            assertThat(amount(target, column))
                    .as("%s of %s", column, target)
                    .isGreaterThanOrEqualTo(required * ROUNDING);
        }
    }

    private static Usage use(VmFacts facts, Resource resource) {
        Usage usage = facts.usage(resource);
        assertThat(usage).as("use of %s by %s", resource, facts.vm().id()).isNotNull();
        return usage;
    }

    private static double amount(NamedCsvRecord row, String column) {
        String text = row.getField(column);
        return text.isEmpty() ? Double.NaN : Double.parseDouble(text);
    }

    private static Map<String, NamedCsvRecord> rows(String file) throws IOException {
        Map<String, NamedCsvRecord> rows = new HashMap<>();
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().ofNamedCsvRecord(directory.resolve(file))) {
            reader.forEach(row -> rows.put(row.getField("id"), row));
        }
        return rows;
    }
}
