package io.regrade.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The decisions that were made. Thread-safe. */
public interface Decisions {

    /**
     * Keeps decisions, all or none; completes once they last. A decision that is already kept under its id stays as it
     * is: equal ids stand for equal decisions.
     */
    CompletionStage<Void> save(List<DecisionRecord> records);

    /** One decision as the JSON of {@link io.regrade.decision.DecisionJson}; empty when there is none. */
    CompletionStage<Optional<ObjectNode>> byId(String id, Detail detail);

    /** Decisions, newest first; completes with {@link InvalidCursorException} when a cursor is none of this list's. */
    CompletionStage<Page<ObjectNode>> list(Query query);

    /**
     * Which decisions are asked for.
     *
     * @param vm of this machine, null for any
     * @param action with this advice, null for any
     * @param cursor where to begin, null for the newest
     * @param limit how many at most, at least 1
     * @param detail how much of each
     */
    record Query(
            @Nullable String vm,
            @Nullable Action action,
            @Nullable String cursor,
            int limit,
            Detail detail) {}
}
