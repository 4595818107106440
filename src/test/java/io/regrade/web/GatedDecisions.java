package io.regrade.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;

/** Decisions whose keeping waits, on the worker's thread, until a test lets it go on. */
final class GatedDecisions implements Decisions {

    /** One permit for each save that has come. */
    final Semaphore arrived = new Semaphore(0);
    /** One permit for each save that may go on. */
    final Semaphore open = new Semaphore(0);

    private final Decisions real;

    GatedDecisions(Decisions real) {
        this.real = real;
    }

    @Override
    public CompletionStage<Void> save(List<DecisionRecord> records) {
        arrived.release();
        open.acquireUninterruptibly();
        return real.save(records);
    }

    @Override
    public CompletionStage<Optional<ObjectNode>> byId(String id, Detail detail) {
        return real.byId(id, detail);
    }

    @Override
    public CompletionStage<Optional<Evidence>> evidence(String id) {
        return real.evidence(id);
    }

    @Override
    public CompletionStage<java.util.Optional<Integer>> erase(String vm, Asker by, String reason) {
        return real.erase(vm, by, reason);
    }

    @Override
    public CompletionStage<Long> dropped(Instant from, Instant until) {
        return real.dropped(from, until);
    }

    @Override
    public CompletionStage<Page<ObjectNode>> list(Query query) {
        return real.list(query);
    }
}
