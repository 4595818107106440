package io.regrade.pipeline.planning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.catalog.Catalog;
import io.regrade.engine.Alternative;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.fact.Action;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.plan.FleetPlan;
import io.regrade.plan.PlanSettings;
import io.regrade.policy.Policies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sample fleet that is planned by the standard policy. */
class PlanFleetTest {

    private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");
    private static final EvaluationTime TIME = new EvaluationTime(NOW);

    @TempDir
    static Path directory;

    private static ReadyPolicy standard;
    private static Fleet fleet;

    @BeforeAll
    static void prepare() throws IOException {
        standard = ReadyPolicy.load(Policies.STANDARD, CompiledOnce.compiler());
        SampleFleet.write(directory, new SampleFleet.Options(3, 40, 150, 14, 60, NOW));
        fleet = new FleetReader().read(directory);
    }

    @AfterAll
    static void close() {
        standard.close();
    }

    private static DecideVm decider(List<Target> targets) {
        return new DecideVm(standard, Catalog.of(targets), fleet.pricing());
    }

    private static PlannedFleet plan(List<Target> targets, int threads) throws InterruptedException {
        return PlanFleet.plan(
                decider(targets), fleet.vms(), List.of(), PlanSettings.DEFAULT, TIME, threads, done -> {});
    }

    @Test
    void furtherChoices_areWhatIsDecided_whereTheBetterOnesAreNotOffered() {
        List<String> decided = new ArrayList<>();
        List<String> choices = new ArrayList<>();
        for (VmFacts vm : fleet.vms()) {
            DecideVm.Choices found = decider(fleet.targets()).choices(vm, TIME, 4);
            assertThat(found.decided().decision())
                    .isEqualTo(decider(fleet.targets()).decide(vm, TIME));
            List<Alternative> alternatives = found.ranked();
            List<Target> left = new ArrayList<>(fleet.targets());
            for (Alternative choice : alternatives) {
                Target best = decider(left).decide(vm, TIME).target();
                decided.add(best == null ? "" : best.id());
                choices.add(choice.projection().target().id());
                left.removeIf(target ->
                        target.id().equals(choice.projection().target().id()));
            }
        }
        assertThat(choices).hasSizeGreaterThan(30);
        assertThat(decided).isEqualTo(choices);
    }

    @Test
    void aFleetOfPlentifulTargets_getsWhatIsDecidedForEach() throws InterruptedException {
        List<Target> plentiful = fleet.targets().stream()
                .filter(target -> target.kind() == Target.Kind.CLASS)
                .map(target -> target.offered(target.priceUsdHour(), null))
                .toList();
        FleetPlan plan = plan(plentiful, 2).plan();

        List<String> decided = fleet.vms().stream()
                .map(vm -> decider(plentiful).decide(vm, TIME))
                .filter(decision -> decision.action() == Action.RECLASSIFY)
                .map(decision -> decision.vm().id() + decision.target().id())
                .toList();
        assertThat(decided).hasSizeGreaterThan(10);
        assertThat(plan.moves())
                .filteredOn(
                        move -> move.option().netUsdMonth() > 0 || move.mover().obliged())
                .extracting(
                        move -> move.mover().vm().id() + move.option().target().id())
                .containsExactlyElementsOf(decided);
        assertThat(plan.gap()).isZero();
    }

    @Test
    void noPlace_isGivenTwice_andTheSameQuestionGetsTheSamePlan() throws InterruptedException {
        List<Target> scarce = fleet.targets().stream()
                .map(target -> target.offered(target.priceUsdHour(), 1))
                .toList();
        PlannedFleet planned = plan(scarce, 1);

        Set<String> taken = new HashSet<>();
        assertThat(planned.plan().moves())
                .extracting(move -> taken.add(move.option().target().id()))
                .doesNotContain(false);
        assertThat(planned.plan().moves()).extracting(FleetPlan.Move::choice).contains(1, 2);
        assertThat(planned.plan().boundUsdMonth()).isCloseTo(planned.plan().netUsdMonth(), within(1e-6));
        assertThat(PlanJson.write(plan(scarce, 2))).isEqualTo(PlanJson.write(planned));
        assertThat(PlanJson.write(planned).path("digest").textValue()).matches("sha256:[0-9a-f]{64}");
    }
}
