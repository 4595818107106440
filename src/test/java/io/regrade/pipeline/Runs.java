package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.fact.EvaluationTime;
import io.regrade.intake.inventory.Fleet;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.memory.MemoryDecisions;
import java.util.ArrayList;
import java.util.List;

/** A fleet decided and kept, and the evidence that is kept with it. */
final class Runs {

    private Runs() {}

    static List<Evidence> evidence(ReadyPolicy policy, Fleet fleet, EvaluationTime time) throws InterruptedException {
        DecideVm decide = new DecideVm(policy, Catalog.of(fleet.targets()), fleet.pricing());
        List<Decided> decided =
                EvaluateFleet.evaluate(facts -> decide.decided(facts, time), fleet.vms(), 2, done -> {});
        MemoryDecisions kept = new MemoryDecisions(decided.size(), dropped -> {});
        List<Evidence> run = new ArrayList<>();
        for (Decided one : decided) {
            kept.save(List.of(new DecisionRecord(
                            one.decision(), one.facts(), decide.provenance(), Asker.SERVER, null, true)))
                    .toCompletableFuture()
                    .join();
            run.add(kept.evidence(one.decision().id())
                    .toCompletableFuture()
                    .join()
                    .orElseThrow());
        }
        return run;
    }
}
