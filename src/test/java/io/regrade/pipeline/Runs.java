package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.EvaluationTime;
import io.regrade.intake.inventory.Fleet;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Provenance;
import java.util.ArrayList;
import java.util.List;

/** A fleet decided, and the evidence of it as a ledger keeps it. */
final class Runs {

    private Runs() {}

    static List<Evidence> evidence(ReadyPolicy policy, Fleet fleet, EvaluationTime time) throws InterruptedException {
        DecideVm decide = new DecideVm(policy, Catalog.of(fleet.targets()), fleet.pricing());
        List<Decided> decided =
                EvaluateFleet.evaluate(facts -> decide.decided(facts, time), fleet.vms(), 2, done -> {});
        Provenance made = decide.provenance();
        List<Evidence> run = new ArrayList<>();
        for (Decided one : decided) {
            run.add(new Evidence(
                    DecisionJson.decision(one.decision(), Detail.FULL),
                    one.facts(),
                    made.policyFiles(),
                    made.catalogContent().get(),
                    one.decision().decidedAt(),
                    made.engine()));
        }
        return run;
    }
}
