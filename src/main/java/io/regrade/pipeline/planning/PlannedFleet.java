package io.regrade.pipeline.planning;

import io.regrade.decision.CanonicalJson;
import io.regrade.decision.PolicyRef;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.SharedLimit;
import io.regrade.plan.FleetPlan;
import io.regrade.plan.Mover;
import io.regrade.plan.PlanSettings;
import io.regrade.plan.Planner;
import java.time.Instant;
import java.util.List;

/**
 * A plan with what it was made of. Immutable.
 *
 * @param digest of the decisions of all machines, what they share and the settings: equal questions have equal digests
 * @param plan the plan
 * @param machines how many were planned
 * @param shared what they share
 * @param settings how careful it is
 * @param policy what decided the machines
 * @param catalogDigest digest of the targets and the business model
 * @param decidedAt the evaluation time
 */
public record PlannedFleet(
        String digest,
        FleetPlan plan,
        int machines,
        List<SharedLimit> shared,
        PlanSettings settings,
        PolicyRef policy,
        String catalogDigest,
        Instant decidedAt) {

    static PlannedFleet of(
            List<Mover> movers,
            List<SharedLimit> shared,
            PlanSettings settings,
            PolicyRef policy,
            String catalogDigest,
            EvaluationTime time) {
        FleetPlan plan = Planner.plan(movers, shared, settings);
        String digest = CanonicalJson.digest(CanonicalJson.bytes(PlanJson.question(movers, shared, settings)));
        return new PlannedFleet(
                digest, plan, movers.size(), List.copyOf(shared), settings, policy, catalogDigest, time.at());
    }
}
