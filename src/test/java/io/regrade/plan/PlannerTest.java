package io.regrade.plan;

import static io.regrade.plan.Planned.mover;
import static io.regrade.plan.Planned.option;
import static io.regrade.plan.Planned.plan;
import static io.regrade.plan.Planned.pool;
import static io.regrade.plan.Planned.target;
import static io.regrade.plan.Planned.vm;
import static io.regrade.plan.Planned.where;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What machines share, each kind by itself: worked out by hand. */
class PlannerTest {

    private final Target one = target("one", 1);
    private final Target many = target("many", null);

    @Test
    void onePlaceThatTwoWant_goesToTheOneWhoLosesMoreWithoutIt_andTheOtherIsToldWhy() {
        Mover small = mover("small", option(one, 50), option(many, 46.9));
        Mover large = mover("large", option(one, 60), option(many, 20));

        FleetPlan plan = plan(List.of(small, large));

        assertThat(where(plan)).containsExactly("small→many", "large→one");
        assertThat(plan.netUsdMonth()).isCloseTo(106.9, within(1e-9));
        assertThat(plan.boundUsdMonth()).isCloseTo(106.9, within(1e-9));
        FleetPlan.Move second = plan.moves().get(0);
        assertThat(second.choice()).isEqualTo(2);
        assertThat(second.instead().scarce()).isEqualTo("`one`");
        assertThat(second.instead().unit()).isEqualTo("places");
        assertThat(second.instead().usdMonth()).isCloseTo(3.1, within(1e-9));
        assertThat(plan.moves().get(1).instead()).isNull();
    }

    @Test
    void whoGetsNothing_stays_andIsToldWhatThatCosts() {
        FleetPlan plan = plan(List.of(mover("a", option(one, 10)), mover("b", option(one, 30)), mover("c")));

        assertThat(where(plan)).containsExactly("b→one");
        assertThat(plan.staying()).singleElement().satisfies(stay -> {
            assertThat(stay.mover().vm().id()).isEqualTo("a");
            assertThat(stay.instead().usdMonth()).isEqualTo(10);
        });
    }

    @Test
    void whatMustChange_goesBeforeWhatSavesMore() {
        FleetPlan plan = plan(
                List.of(mover(vm("must", null, Map.of()), true, option(one, -20)), mover("saves", option(one, 900))));

        assertThat(where(plan)).containsExactly("must→one");
        assertThat(plan.netUsdMonth()).isEqualTo(-20);
        assertThat(plan.unmet()).isZero();
    }

    @Test
    void aHostsProcessorsAndMemory_areHeldTogether() {
        Target wide = target("wide", 6, 8, null);
        Target deep = target("deep", 2, 40, null);
        // 8 vCPU and 48 GiB take one of each, not two of either.
        SharedLimit host = pool("host", Set.of("wide", "deep"), Double.NaN, 8, 48, false);
        List<Mover> movers = List.of(
                mover("a", option(wide, 100)),
                mover("b", option(wide, 90)),
                mover("c", option(deep, 80)),
                mover("d", option(deep, 70)));

        FleetPlan plan = plan(movers, host);

        assertThat(where(plan)).containsExactly("a→wide", "c→deep");
        assertThat(plan.boundUsdMonth()).isGreaterThanOrEqualTo(180);
        assertThat(plan.staying().get(0).instead().scarce()).isEqualTo("pool `host`");
        assertThat(plan.staying().get(0).instead().unit()).isEqualTo("vCPU");
    }

    @Test
    void aBudget_letsBePaidMoreOnlyWithWhatOthersSave() {
        // Two machines cost 200 together; 210 are agreed.
        SharedLimit budget = new SharedLimit(
                "shop",
                SharedLimit.Kind.BUDGET,
                null,
                null,
                null,
                null,
                Set.of(),
                "shop",
                null,
                Double.NaN,
                Capacity.UNKNOWN,
                210,
                false);
        Mover dearer = mover("dearer", option(many, 500, -40, 0));
        Mover saving = mover("saving", option(many, 35, 35, 0));

        assertThat(where(plan(List.of(dearer, mover("idle")), budget))).isEmpty();
        assertThat(where(plan(List.of(dearer, saving), budget))).containsExactly("dearer→many", "saving→many");
    }

    @Test
    void licences_areForThoseWhoHaveNone() {
        SharedLimit licences = new SharedLimit(
                "ubuntu-pro",
                SharedLimit.Kind.LICENCE,
                null,
                null,
                null,
                "ubuntu",
                Set.of(),
                null,
                null,
                1,
                Capacity.UNKNOWN,
                Double.NaN,
                false);
        Vm debian = new Vm(
                "debian",
                "",
                null,
                null,
                null,
                null,
                Capacity.UNKNOWN,
                OperatingSystem.parse("debian-12"),
                Set.of(),
                1,
                null,
                null,
                Map.of());
        Vm other = new Vm(
                "other",
                "",
                null,
                null,
                null,
                null,
                Capacity.UNKNOWN,
                OperatingSystem.parse("debian-12"),
                Set.of(),
                1,
                null,
                null,
                Map.of());

        FleetPlan plan = plan(
                List.of(
                        mover(debian, false, option(many, 10)),
                        mover(other, false, option(many, 20)),
                        mover("has-one", option(many, 5))),
                licences);

        assertThat(where(plan)).containsExactly("other→many", "has-one→many");
    }

    @Test
    void aCommitment_isNotLeftUnused_soNoSavingIsCountedTwice() {
        // 16 vCPU are used where the machines are now, 12 are paid anyway: only 4 of the 8 + 8 may go.
        SharedLimit commitment = new SharedLimit(
                "g5",
                SharedLimit.Kind.COMMITMENT,
                "aurora",
                "north-1",
                "g5",
                null,
                Set.of(),
                null,
                null,
                Double.NaN,
                new Capacity(12, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                Double.NaN,
                false);
        Target within = target("g5.xlarge", 4, 16, null);
        Mover leaves = mover("leaves", option(many, 80), option(within, 70));
        Mover stays = mover("stays", option(many, 80), option(within, 30));

        FleetPlan plan = plan(List.of(leaves, stays), commitment);

        // Either goes to a smaller one of the same family: 4 vCPU leave. The one that saves more there does.
        assertThat(where(plan)).containsExactly("leaves→g5.xlarge");
        assertThat(plan.staying().get(0).instead().scarce()).isEqualTo("commitment `g5`");
    }

    @Test
    void membersOfAGroup_doNotMeetWhereOneLossTakesAll() {
        SharedLimit rack = pool("rack", Set.of("one-rack"), Double.NaN, Double.NaN, Double.NaN, true);
        Target inRack = target("one-rack", null);
        Mover first = mover(vm("web-1", "web", Map.of()), false, option(inRack, 50), option(many, 10));
        Mover second = mover(vm("web-2", "web", Map.of()), false, option(inRack, 50), option(many, 20));
        Mover other = mover(vm("db-1", "db", Map.of()), false, option(inRack, 50));

        FleetPlan plan = plan(List.of(first, second, other), rack);

        assertThat(where(plan)).containsExactly("web-1→one-rack", "web-2→many", "db-1→one-rack");
        assertThat(plan.moves().get(1).instead().scarce()).isEqualTo("pool `rack` for group `web`");
    }

    @Test
    void noMoreMoves_thanWereAsked() {
        List<Mover> movers =
                List.of(mover("a", option(many, 10)), mover("b", option(many, 30)), mover("c", option(many, 20)));

        FleetPlan plan = Planner.plan(movers, List.of(), new PlanSettings(1000, 2, 20, 0));

        assertThat(where(plan)).containsExactly("b→many", "c→many");
        assertThat(plan.staying().get(0).instead().scarce()).isEqualTo("moves in all");
    }
}
