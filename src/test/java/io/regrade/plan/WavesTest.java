package io.regrade.plan;

import static io.regrade.plan.Planned.mover;
import static io.regrade.plan.Planned.option;
import static io.regrade.plan.Planned.target;
import static io.regrade.plan.Planned.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.fact.Target;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In which order machines move. */
class WavesTest {

    private static final PlanSettings NO_CANARY = new PlanSettings(1000, Integer.MAX_VALUE, 2, 0);

    private final Target here = target("here", null);
    private final Target there = target("there", null);

    private static List<List<String>> order(List<Mover> movers, PlanSettings settings) {
        return Planner.plan(movers, List.of(), settings).waves().stream()
                .map(Wave::vms)
                .toList();
    }

    private Mover windowed(String id, @Nullable String window) {
        return new Mover("d", vm(id, null, Map.of()), false, window, 100, List.of(option(here, 10)));
    }

    @Test
    void lowRiskFirst_andNoWaveIsLarger() {
        List<Mover> movers = List.of(
                mover("high", option(here, 10, 10, 3)),
                mover("low", option(here, 10, 10, 0.1)),
                mover("middle", option(here, 10, 10, 1)));

        assertThat(order(movers, NO_CANARY)).containsExactly(List.of("low", "middle"), List.of("high"));
    }

    @Test
    void ofAGroup_oneAtATime() {
        List<Mover> movers = List.of(
                mover(vm("web-1", "web", Map.of()), false, option(here, 10)),
                mover(vm("web-2", "web", Map.of()), false, option(here, 10)),
                mover("alone", option(here, 10, 10, 1)));

        assertThat(order(movers, NO_CANARY)).containsExactly(List.of("web-1", "alone"), List.of("web-2"));
    }

    @Test
    void whatDependsOnAnother_comesLater() {
        List<Mover> movers = List.of(
                mover(vm("app", null, Map.of("after", "db,cache")), false, option(here, 10, 10, 0)),
                mover(vm("db", null, Map.of("after", "cache")), false, option(here, 10, 10, 2)),
                mover("cache", option(here, 10, 10, 3)));

        assertThat(order(movers, NO_CANARY)).containsExactly(List.of("cache"), List.of("db"), List.of("app"));
    }

    @Test
    void dependenciesInACircle_areToldAndTheRestIsPlanned() {
        List<Mover> movers = List.of(
                mover(vm("a", null, Map.of("after", "b")), false, option(here, 10)),
                mover(vm("b", null, Map.of("after", "a")), false, option(here, 10)));

        FleetPlan plan = Planner.plan(movers, List.of(), NO_CANARY);

        assertThat(plan.waves()).flatExtracting(Wave::vms).containsExactlyInAnyOrder("a", "b");
        assertThat(plan.notes())
                .containsExactly(Map.entry("b", "`b` is to be moved after machines that are to be moved after it"));
    }

    @Test
    void aWave_hasOneWindow_andTakesThoseWhoMayAnyTime() {
        List<Mover> movers =
                List.of(windowed("a", "sat"), windowed("b", "sun"), windowed("c", null), windowed("d", "sat"));

        List<Wave> waves = Planner.plan(movers, List.of(), NO_CANARY).waves();

        assertThat(waves).extracting(Wave::window).containsExactly("sat", "sun", "sat");
        assertThat(waves).extracting(Wave::vms).containsExactly(List.of("a", "c"), List.of("b"), List.of("d"));
    }

    @Test
    void canaries_areOneOfEachTarget_notOfProduction_andTheRiskiest() {
        List<Mover> movers = List.of(
                mover(vm("prod", null, Map.of("env", "prod")), false, option(here, 10, 10, 3)),
                mover(vm("test-1", null, Map.of("env", "test")), false, option(here, 10, 10, 1)),
                mover(vm("test-2", null, Map.of("env", "test")), false, option(here, 10, 10, 2)),
                mover(vm("only", null, Map.of("env", "prod")), false, option(there, 10, 10, 0)));

        List<Wave> waves = Planner.plan(movers, List.of(), new PlanSettings(1000, 10, 5, 3))
                .waves();

        assertThat(waves).extracting(Wave::canary).containsExactly(true, false);
        assertThat(waves.get(0).vms()).containsExactly("test-2", "only");
        assertThat(waves.get(1).vms()).containsExactly("test-1", "prod");
    }
}
