package io.regrade.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.Distribution;
import io.regrade.fact.Pricing;
import io.regrade.fact.Projection;
import io.regrade.fact.Resource;
import io.regrade.fact.ResourceProjection;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final double NAN = Double.NaN;
    private static final SimulationSettings SETTINGS = new SimulationSettings(0.95, 0.1, 8);
    private static final Pricing RATES = new Pricing(Pricing.Model.CONSUMPTION, 0.03, 0.004, 0.0001, 0.05);

    /** 1,000 samples: 900 of 1 vCPU, 90 of 3, 10 of 3.9; mean 1.209. */
    private static final Usage CPU = usage(Resource.CPU, 1.209, 3, 3.9, new double[] {1, 3, 3.9}, 900, 90, 10);
    /** 1,000 samples: 999 of 6 GiB, one of 7.5. */
    private static final Usage MEMORY = usage(Resource.MEMORY, 6.0015, 6, 6, new double[] {6, 7.5}, 999, 1);

    @Test
    void on_smallerTarget_projectsPercentilesHoursAndRiskByHand() {
        Projection p = simulation(vm(8, 32, 0.40), CPU, MEMORY).on(target(4, 8, 0.15));

        ResourceProjection cpu = p.resources().get(0);
        assertThat(cpu.p95()).isEqualTo(3 / 4.0);
        assertThat(cpu.p99()).isEqualTo(3.9 / 4);
        // 10 of 1,000 samples above 0.95 × 4 = 3.8: 0.01 × 730 hours
        assertThat(cpu.saturatedHoursMonth()).isCloseTo(7.3, within(1e-9));
        // the same 10 above 4 / 1.1 = 3.636: log2(1 + 7.3)
        assertThat(cpu.risk()).isCloseTo(3.0531, within(1e-4));

        ResourceProjection memory = p.resources().get(1);
        assertThat(memory.p99()).isEqualTo(0.75);
        assertThat(memory.saturatedHoursMonth()).isZero(); // 7.5 is not above 0.95 × 8 = 7.6
        // one above 8 / 1.1 = 7.27: 8 × 0.001 × 730 = 5.84 weighted hours, log2(6.84)
        assertThat(memory.risk()).isCloseTo(2.7740, within(1e-4));

        assertThat(p.saturatedHoursMonth()).isCloseTo(7.3, within(1e-9));
        assertThat(p.saturatedResource()).isEqualTo(Resource.CPU);
        assertThat(p.savedHoursMonth()).isCloseTo(-7.3, within(1e-9));
        assertThat(p.risk()).isEqualTo(cpu.risk());
        assertThat(p.riskResource()).isEqualTo(Resource.CPU);
        assertThat(p.cpuMeanUtilisation()).isCloseTo(1.209 / 4, within(1e-12));
        assertThat(p.freedVcpu()).isEqualTo(4);
        assertThat(p.freedMemoryGib()).isEqualTo(24);
        assertThat(p.priceUsdMonth()).isCloseTo(109.5, within(1e-9));
        assertThat(p.savingUsdMonth()).isCloseTo(182.5, within(1e-9)); // 0.25 × 730
    }

    @Test
    void on_roomyTarget_hasNoRiskAndNoResourceThatCausesIt() {
        Projection p = simulation(vm(4, 8, 0.15), CPU, MEMORY).on(target(16, 64, 0.80));
        assertThat(p.risk()).isZero();
        assertThat(p.riskResource()).isNull();
        assertThat(p.saturatedResource()).isNull();
        assertThat(p.savedHoursMonth()).isCloseTo(7.3, within(1e-9));
    }

    @Test
    void on_fifteenHoursOfShortage_hasTheHighestRisk() {
        // 7 of 240 samples above: 0.02917 × 730 = 21.3 hours
        Usage cpu = usage(Resource.CPU, 1, 1, 4, new double[] {1, 4}, 233, 7);
        assertThat(simulation(vm(8, 8, 1), cpu).on(target(4, 8, 1)).risk()).isEqualTo(4);
        // one hour of 730: risk 1
        Usage rare = usage(Resource.CPU, 1, 1, 1, new double[] {1, 4}, 729, 1);
        assertThat(simulation(vm(8, 8, 1), rare).on(target(4, 8, 1)).risk()).isCloseTo(1, within(1e-12));
    }

    @Test
    void on_storageShortage_weighsLikeMemory() {
        Usage storage = usage(Resource.STORAGE, 50, 50, 50, new double[] {50, 99}, 999, 1);
        Target target = target(new Capacity(4, 8, 100, NAN, NAN, NAN, NAN), 0.1);
        assertThat(simulation(vm(4, 8, 0.1), storage).on(target).risk()).isCloseTo(2.7740, within(1e-4));
    }

    @Test
    void on_unknownAmounts_leavesThemOutAndStaysUnknown() {
        Projection p = simulation(vm(NAN, 8, NAN), CPU, MEMORY).on(target(4, NAN, NAN));
        assertThat(p.resources()).extracting(ResourceProjection::resource).containsExactly(Resource.CPU);
        assertThat(p.saturatedHoursMonth()).isCloseTo(7.3, within(1e-9));
        assertThat(p.savedHoursMonth()).as("no resource is known on both sides").isNaN();
        assertThat(p.freedVcpu()).isNaN();
        assertThat(p.savingUsdMonth()).isNaN();
        assertThat(p.priceUsdMonth()).isNaN();
    }

    @Test
    void on_nothingMeasured_isUnknownAndNotZero() {
        Simulation simulation = simulation(vm(4, 8, 0.1));
        Projection p = simulation.on(target(4, 8, 0.1));
        assertThat(p.resources()).isEmpty();
        assertThat(p.saturatedHoursMonth()).isNaN();
        assertThat(p.risk()).isNaN();
        assertThat(p.riskResource()).isNull();
        assertThat(simulation.saturatedHoursNow()).isNaN();
    }

    @Test
    void on_nothingOffered_isNoLoadWhenNothingIsUsed() {
        Usage idle = usage(Resource.STORAGE, 0, 0, 0, new double[] {0}, 10);
        Usage busy = usage(Resource.DISK_IOPS, 5, 5, 5, new double[] {5}, 10);
        Projection p = simulation(vm(4, 8, 0.1), busy, idle).on(target(new Capacity(4, 8, 0, NAN, 0, NAN, NAN), 0.1));
        assertThat(p.resources()).extracting(ResourceProjection::p99).containsExactly(0.0, Double.POSITIVE_INFINITY);
        assertThat(p.resources()).extracting(ResourceProjection::risk).containsExactly(0.0, 4.0);
        assertThat(p.saturatedHoursMonth()).isEqualTo(730);
        assertThat(p.saturatedResource()).isEqualTo(Resource.DISK_IOPS);
    }

    @Test
    void saturatedHoursNow_onItsOwnCapacity_isTheHighestOfAll() {
        assertThat(simulation(vm(4, 7, 0.1), CPU, MEMORY).saturatedHoursNow()).isCloseTo(7.3, within(1e-9));
        assertThat(simulation(vm(NAN, 7, 0.1), CPU, MEMORY).saturatedHoursNow()).isCloseTo(0.73, within(1e-9));
    }

    @Test
    void on_byConsumption_countsProvisionedAndTransferred() {
        Usage network = usage(Resource.NETWORK, 0.01, 0.01, 0.01, new double[] {0.01}, 10);
        Vm vm = vm(new Capacity(8, 32, 100, NAN, NAN, NAN, NAN), NAN);
        Simulation simulation = new Simulator(RATES).of(facts(vm, network), SETTINGS);
        Projection p = simulation.on(target(new Capacity(4, 16, 50, NAN, NAN, NAN, NAN), NAN));
        // 730 × (4 × 0.03 + 16 × 0.004 + 50 × 0.0001) = 137.97; 0.01 × 305,939.5 GiB × 0.05 = 152.97
        assertThat(p.consumptionUsdMonth()).isCloseTo(137.97 + 152.97, within(0.01));
        // today 730 × (0.24 + 0.128 + 0.01) = 275.94 and the same transfer
        assertThat(simulation.costUsdMonthNow()).isCloseTo(275.94 + 152.97, within(0.01));
        assertThat(p.savingUsdMonth()).isCloseTo(137.97, within(0.01));
    }

    @Test
    void on_storageUnknownOnOneSide_isTakenToMoveAlong() {
        Simulation known =
                new Simulator(RATES).of(facts(vm(new Capacity(8, 32, 100, NAN, NAN, NAN, NAN), NAN)), SETTINGS);
        Projection p = known.on(target(4, 16, NAN));
        assertThat(p.consumptionUsdMonth()).isCloseTo(730 * (0.12 + 0.064 + 0.01), within(1e-9));
        assertThat(p.savingUsdMonth()).isCloseTo(730 * 0.184, within(1e-9));
        Simulation unknown = new Simulator(RATES).of(facts(vm(8, 32, NAN)), SETTINGS);
        assertThat(unknown.on(target(new Capacity(4, 16, 70, NAN, NAN, NAN, NAN), NAN))
                        .savingUsdMonth())
                .isCloseTo(730 * 0.184, within(1e-9));
    }

    @Test
    void priceUsdHour_instantiatedConfiguration_isPricedByTheRates() {
        Vm vm = vm(new Capacity(8, 32, 100, NAN, NAN, NAN, NAN), 0.5);
        Configuration required = new Configuration(Capacity.UNKNOWN.with(Resource.CPU, 3), List.of());
        // 3 vCPU as required, 32 GiB and 100 GiB as it has: 0.09 + 0.128 + 0.01
        assertThat(new Simulator(RATES).priceUsdHour(required, facts(vm))).isCloseTo(0.228, within(1e-12));
        assertThat(new Simulator(Pricing.HOURLY).priceUsdHour(required, facts(vm)))
                .isNaN();
        assertThat(new Simulator(RATES).priceUsdHour(required, facts(vm(8, NAN, 1))))
                .as("unknown memory is not free")
                .isNaN();
    }

    @Test
    void costUsdMonthNow_unpricedMachine_isChargedForByTheRatesIfThereAreAny() {
        Pricing hourly = new Pricing(Pricing.Model.HOURLY, 0.03, 0.004, NAN, NAN);
        assertThat(new Simulator(hourly).of(facts(vm(4, 8, NAN)), SETTINGS).costUsdMonthNow())
                .isCloseTo(730 * 0.152, within(1e-9));
        assertThat(simulation(vm(4, 8, NAN)).costUsdMonthNow()).isNaN();
    }

    @Test
    void settings_outOfBounds_areRefused() {
        assertThatThrownBy(() -> new SimulationSettings(0, 0.1, 8)).hasMessageContaining("saturation");
        assertThatThrownBy(() -> new SimulationSettings(0.9, -0.1, 8)).hasMessageContaining("risk margin");
        assertThatThrownBy(() -> new SimulationSettings(0.9, 0.1, NAN)).hasMessageContaining("memory weight");
    }

    private static Simulation simulation(Vm vm, Usage... usage) {
        return new Simulator(Pricing.HOURLY).of(facts(vm, usage), SETTINGS);
    }

    private static VmFacts facts(Vm vm, Usage... usage) {
        return new VmFacts(vm, List.of(usage), List.of(), null, List.of());
    }

    private static Vm vm(double vcpu, double memoryGib, double priceUsdHour) {
        return vm(new Capacity(vcpu, memoryGib, NAN, NAN, NAN, NAN, NAN), priceUsdHour);
    }

    private static Vm vm(Capacity capacity, double priceUsdHour) {
        return new Vm("vm", "vm", null, null, null, null, capacity, null, Set.of(), priceUsdHour, null, null, Map.of());
    }

    private static Target target(double vcpu, double memoryGib, double priceUsdHour) {
        return target(new Capacity(vcpu, memoryGib, NAN, NAN, NAN, NAN, NAN), priceUsdHour);
    }

    static Target target(Capacity capacity, double priceUsdHour) {
        return new Target(
                "t",
                Target.Kind.CLASS,
                null,
                null,
                null,
                null,
                capacity,
                null,
                null,
                Set.of(),
                priceUsdHour,
                null,
                Map.of());
    }

    static Usage usage(Resource resource, double mean, double p95, double p99, double[] values, double... weights) {
        return new Usage(
                resource,
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(86_400),
                1_000,
                1,
                mean,
                values[0],
                p95,
                p95,
                p99,
                p99,
                values[values.length - 1],
                0,
                new Distribution(values, weights));
    }
}
