package io.regrade.pipeline.planning;

import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.EvaluateFleet;
import io.regrade.plan.Mover;
import io.regrade.plan.Option;
import io.regrade.plan.PlanSettings;
import java.util.List;
import java.util.function.IntConsumer;

/** Decides a fleet, machine by machine, and plans where all of them go together. Stateless. */
public final class PlanFleet {

    /** Choices of a machine that are looked at. */
    public static final int CHOICES = 20;

    private PlanFleet() {}

    /**
     * Plans a fleet.
     *
     * @param threads how many threads decide, at least 1
     * @param progress told the number of machines decided so far, by any thread
     * @throws InterruptedException when the calling thread is interrupted; the work is given up then
     */
    public static PlannedFleet plan(
            DecideVm decide,
            List<VmFacts> fleet,
            List<SharedLimit> shared,
            PlanSettings settings,
            EvaluationTime time,
            int threads,
            IntConsumer progress)
            throws InterruptedException {
        List<Mover> movers = EvaluateFleet.evaluate(
                facts -> mover(facts, decide.choices(facts, time, CHOICES)), fleet, threads, progress);
        return PlannedFleet.of(movers, shared, settings, decide.policy().ref(), decide.catalogDigest(), time);
    }

    /** A machine that was decided, with its further choices. */
    static Mover mover(VmFacts facts, DecideVm.Choices choices) {
        Decision decision = choices.decided().decision();
        return new Mover(
                decision.id(),
                decision.vm(),
                decision.needs().stream()
                        .anyMatch(
                                need -> need.what().obligation() && need.what().isSolvedByMoving()),
                facts.sla() == null ? null : facts.sla().window(),
                decision.priceUsdMonthNow(),
                choices.ranked().stream()
                        .map(one -> new Option(one.rule(), one.why(), one.projection(), one.netUsdMonth()))
                        .toList());
    }
}
