package io.regrade.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The decisions that were made. Thread-safe. */
public interface Decisions {

    /**
     * Keeps decisions, all or none; completes once they last. A decision that is already kept under its id stays as it
     * is: equal ids stand for equal decisions. Fails with {@link LedgerUnavailableException} when that is not possible
     * now.
     */
    CompletionStage<Void> save(List<DecisionRecord> records);

    /** One decision as the JSON of {@link io.regrade.decision.DecisionJson}; empty when there is none. */
    CompletionStage<Optional<ObjectNode>> byId(String id, Detail detail);

    /**
     * One decision with everything it was made of; empty when there is none. Fails with {@link ErasedException} when it
     * was erased.
     */
    CompletionStage<Optional<Evidence>> evidence(String id);

    /**
     * Erases what is stored of a machine's decisions: their explanations, traces and facts. That they were made, and their
     * leaves in the audit log, stay, and so does who had them erased and why.
     *
     * @return how many decisions were erased, once that lasts; empty when nothing is known of such a machine
     */
    CompletionStage<Optional<Integer>> erase(String vm, Asker by, String reason);

    /**
     * How many decisions of a period were dropped because of their age. They are counted by whole months, all that the
     * period touches: what is left of them does not tell their day.
     *
     * @param from the beginning, null for the oldest
     * @param until the end, null for none
     */
    CompletionStage<Long> dropped(@Nullable Instant from, @Nullable Instant until);

    /** Decisions, newest first; completes with {@link InvalidCursorException} when a cursor is none of this list's. */
    CompletionStage<Page<ObjectNode>> list(Query query);

    /**
     * Which decisions are asked for; what is null does not matter.
     *
     * @param vm of this machine
     * @param action with this advice
     * @param rule for which this rule fired
     * @param target with this chosen target
     * @param policy by the policy of this digest
     * @param owner of machines that this owner answers for
     * @param evaluation of this fleet evaluation
     * @param from decided at this moment or later
     * @param until decided before this moment
     * @param minSavingUsdMonth saving at least this much, US dollars a month
     */
    record Filter(
            @Nullable String vm,
            @Nullable Action action,
            @Nullable String rule,
            @Nullable String target,
            @Nullable String policy,
            @Nullable String owner,
            @Nullable String evaluation,
            @Nullable Instant from,
            @Nullable Instant until,
            @Nullable Double minSavingUsdMonth) {

        /** All decisions. */
        public static final Filter ALL = new Filter(null, null, null, null, null, null, null, null, null, null);

        /** Those of one machine, with one advice, each null for any. */
        public static Filter of(@Nullable String vm, @Nullable Action action) {
            return new Filter(vm, action, null, null, null, null, null, null, null, null);
        }
    }

    /**
     * A page of decisions that is asked for.
     *
     * @param filter which ones
     * @param cursor where to begin, null for the newest
     * @param limit how many at most, at least 1
     * @param detail how much of each
     */
    record Query(Filter filter, @Nullable String cursor, int limit, Detail detail) {}
}
