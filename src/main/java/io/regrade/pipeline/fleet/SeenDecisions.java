package io.regrade.pipeline.fleet;

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
import org.jspecify.annotations.Nullable;

/** Decisions that a view of the fleet sees once they last. Thread-safe as those behind it. */
public final class SeenDecisions implements Decisions {

    private final Decisions decisions;
    private final FleetView view;

    public SeenDecisions(Decisions decisions, FleetView view) {
        this.decisions = decisions;
        this.view = view;
    }

    @Override
    public CompletionStage<Void> save(List<DecisionRecord> records) {
        return decisions.save(records).thenApply(nothing -> {
            view.saw(records);
            return nothing;
        });
    }

    @Override
    public CompletionStage<Optional<ObjectNode>> byId(String id, Detail detail) {
        return decisions.byId(id, detail);
    }

    @Override
    public CompletionStage<Optional<Evidence>> evidence(String id) {
        return decisions.evidence(id);
    }

    @Override
    public CompletionStage<Optional<Integer>> erase(String vm, Asker by, String reason) {
        return decisions.erase(vm, by, reason).thenApply(erased -> {
            view.forget(vm);
            return erased;
        });
    }

    @Override
    public CompletionStage<Long> dropped(@Nullable Instant from, @Nullable Instant until) {
        return decisions.dropped(from, until);
    }

    @Override
    public CompletionStage<Page<ObjectNode>> list(Query query) {
        return decisions.list(query);
    }
}
