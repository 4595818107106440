package io.regrade.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.Capacity;
import io.regrade.fact.Pricing;
import io.regrade.fact.Projection;
import io.regrade.fact.Resource;
import io.regrade.fact.ResourceProjection;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for any usage on any target. */
class SimulationPropertiesTest {

    private static final SimulationSettings SETTINGS = new SimulationSettings(0.9, 0.2, 8);

    @Property(tries = 500)
    void on_moreCapacity_isNeverWorse(@ForAll long seed) {
        Random random = new Random(seed);
        Simulation simulation = simulation(usages(random));
        Capacity less = capacity(random);
        Capacity more = less;
        for (Resource resource : Resource.values()) {
            more = more.with(resource, less.of(resource) * (1 + random.nextDouble()));
        }
        Projection tight = simulation.on(SimulationTest.target(less, 1));
        Projection roomy = simulation.on(SimulationTest.target(more, 1));
        assertThat(roomy.saturatedHoursMonth()).isLessThanOrEqualTo(tight.saturatedHoursMonth());
        assertThat(roomy.savedHoursMonth()).isGreaterThanOrEqualTo(tight.savedHoursMonth());
        assertThat(roomy.risk()).isLessThanOrEqualTo(tight.risk());
    }

    @Property(tries = 500)
    void on_anyTarget_staysWithinBoundsAndOverallIsTheHighest(@ForAll long seed) {
        Random random = new Random(seed);
        Projection p = simulation(usages(random)).on(SimulationTest.target(capacity(random), 1));
        double hours = 0;
        double risk = 0;
        for (ResourceProjection one : p.resources()) {
            assertThat(one.saturatedHoursMonth()).isBetween(0.0, 730.0);
            assertThat(one.risk()).isBetween(0.0, 4.0);
            hours = Math.max(hours, one.saturatedHoursMonth());
            risk = Math.max(risk, one.risk());
        }
        assertThat(p.saturatedHoursMonth()).isEqualTo(hours);
        assertThat(p.risk()).isEqualTo(risk);
        assertThat(p.riskResource() == null).isEqualTo(risk == 0);
    }

    @Property(tries = 200)
    void on_usageInAnotherOrder_isTheSame(@ForAll long seed) {
        Random random = new Random(seed);
        List<Usage> usages = usages(random);
        Capacity capacity = capacity(random);
        Projection first = simulation(usages).on(SimulationTest.target(capacity, 1));
        Collections.shuffle(usages, random);
        assertThat(simulation(usages).on(SimulationTest.target(capacity, 1)).toString())
                .isEqualTo(first.toString());
    }

    private static Simulation simulation(List<Usage> usages) {
        Capacity has = new Capacity(10, 10, 10, 10, 10, 10, 10);
        Vm vm = new Vm("vm", "vm", null, null, null, null, has, null, Set.of(), 1, null, null, Map.of());
        return new Simulator(Pricing.HOURLY).of(new VmFacts(vm, usages, List.of(), null, List.of()), SETTINGS);
    }

    private static Capacity capacity(Random random) {
        return new Capacity(
                20 * random.nextDouble(),
                20 * random.nextDouble(),
                20 * random.nextDouble(),
                20 * random.nextDouble(),
                20 * random.nextDouble(),
                20 * random.nextDouble(),
                0);
    }

    private static List<Usage> usages(Random random) {
        List<Usage> usages = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            if (resource != Resource.GPU) {
                double[] values = random.doubles(1 + random.nextInt(40), 0, 15)
                        .sorted()
                        .distinct()
                        .toArray();
                double[] weights = random.doubles(values.length, 1, 100).toArray();
                usages.add(SimulationTest.usage(resource, 1, 2, 3, values, weights));
            }
        }
        return usages;
    }
}
