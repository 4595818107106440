package io.regrade.backtest;

import static io.regrade.backtest.SeriesOf.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.catalog.Catalog;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.fact.Capacity;
import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.telemetry.Series;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.Policies;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One machine lived through by the standard policy, counted by hand. */
class RollingBacktestTest {

    private static final int HOURS_A_DAY = 24;
    private static final Pricing HOURLY =
            new Pricing(Pricing.Model.HOURLY, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    private static final Target SMALL = target("small", 2, 8, 0.05);
    private static final Target LARGE = target("large", 8, 32, 0.2);

    private static ReadyPolicy policy;

    @BeforeAll
    static void load() {
        policy = ReadyPolicy.load(Policies.STANDARD, CompiledOnce.compiler());
    }

    @AfterAll
    static void close() {
        policy.close();
    }

    private static Capacity capacity(double vcpu, double memory) {
        return new Capacity(vcpu, memory, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }

    private static Target target(String id, double vcpu, double memory, double price) {
        return new Target(
                id,
                Target.Kind.CLASS,
                "aws",
                "here",
                id,
                "x86_64",
                capacity(vcpu, memory),
                null,
                false,
                Set.of(),
                price,
                null,
                Map.of());
    }

    private static Lived live(int days, double[] memory) {
        Vm vm = new Vm(
                "one",
                "one",
                "aws",
                "here",
                "large",
                "x86_64",
                capacity(8, 32),
                null,
                Set.of(),
                0.2,
                null,
                null,
                Map.of());
        double[] cpu = new double[memory.length];
        Arrays.fill(cpu, 0.5);
        Series series = SeriesOf.every(DAY / HOURS_A_DAY, cpu, memory);
        Fleet fleet = new Fleet(
                List.of(new VmFacts(vm, List.of(), List.of(), null, List.of())),
                List.of(SMALL, LARGE),
                HOURLY,
                List.of());
        DecideVm decide = new DecideVm(policy, Catalog.of(fleet.targets()), HOURLY);
        return new RollingBacktest(fleet, each -> each.take(0, series), decide, Part.ALL).run(days);
    }

    private static double[] hours(int days, double gib) {
        double[] memory = new double[days * HOURS_A_DAY];
        Arrays.fill(memory, gib);
        return memory;
    }

    @Test
    void steadyMachine_movesOnce_andSavesFromThenOn() {
        Lived lived = live(7, hours(21, 2));

        assertThat(lived.looks()).as("after 7 and after 14 days").isEqualTo(2);
        assertThat(lived.machines()).isEqualTo(1);
        assertThat(lived.moves()).isEqualTo(1);
        assertThat(lived.movesAtOnce()).isZero();
        assertThat(lived.machinesMoved()).isEqualTo(1);
        assertThat(lived.savingShare()).isCloseTo(1 - 0.05 / 0.2, within(1e-12));
        assertThat(lived.memoryExceedingShare()).isZero();
        assertThat(lived.cpuHoursMonth()).isZero();
    }

    @Test
    void machineThatRunsShort_isRelievedAtOnce() {
        double[] memory = hours(14, 2);
        int peak = 9 * HOURS_A_DAY;
        memory[peak] = 20;

        Lived lived = live(7, memory);

        // Small for two days and the hour of the peak, then large again: 49 of 168 hours at a quarter of the price.
        assertThat(lived.looks()).isEqualTo(1);
        assertThat(lived.moves()).isEqualTo(2);
        assertThat(lived.movesAtOnce()).isEqualTo(1);
        assertThat(lived.savingShare()).isCloseTo(49 / 168.0 * 0.75, within(1e-12));
        assertThat(lived.memoryExceedingShare()).isEqualTo(1);
        assertThat(lived.memoryHoursMonth()).isCloseTo(730 / 168.0, within(1e-9));
    }
}
