package io.regrade.pipeline.planning;

import io.regrade.decision.CanonicalJson;
import io.regrade.decision.PolicyRef;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.SharedLimit;
import io.regrade.pipeline.DecideVm;
import io.regrade.plan.FleetPlan;
import io.regrade.plan.Mover;
import io.regrade.plan.PlanSettings;
import java.time.Instant;
import java.util.List;

/**
 * A plan with what it was made of. Immutable.
 *
 * @param id made of the decisions of all machines, what they share and the settings: equal questions get equal ids
 * @param plan the plan
 * @param machines how many were planned
 * @param shared what they share
 * @param settings how careful it is
 * @param policy what decided the machines
 * @param catalogDigest digest of the targets and the business model
 * @param decidedAt the evaluation time
 */
public record PlannedFleet(
        String id,
        FleetPlan plan,
        int machines,
        List<SharedLimit> shared,
        PlanSettings settings,
        PolicyRef policy,
        String catalogDigest,
        Instant decidedAt) {

    static PlannedFleet of(
            FleetPlan plan,
            List<Mover> movers,
            List<SharedLimit> shared,
            PlanSettings settings,
            DecideVm decide,
            EvaluationTime time) {
        String id = CanonicalJson.digest(CanonicalJson.bytes(PlanJson.question(movers, shared, settings)))
                .substring("sha256:".length(), "sha256:".length() + 32);
        return new PlannedFleet(
                id,
                plan,
                movers.size(),
                List.copyOf(shared),
                settings,
                decide.policy().ref(),
                decide.catalogDigest(),
                time.at());
    }
}
