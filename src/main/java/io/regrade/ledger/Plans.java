package io.regrade.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Plans of the whole fleet. Thread-safe; everything that returns a stage fails with {@link LedgerUnavailableException} when the
 * store is away.
 */
public interface Plans {

    /**
     * What a plan says of one machine.
     *
     * @param vm the machine
     * @param moves whether it moves; else it would, and stays
     * @param body JSON
     */
    record Entry(String vm, boolean moves, String body) {}

    /**
     * A plan that is done.
     *
     * @param body what it says of no single machine, JSON
     * @param entries what it says of each, in its order; what was erased is not there
     */
    record Content(String body, List<Entry> entries) {

        /** Copies the entries. */
        public Content {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Keeps a plan as far as it is; says, too, that somebody still works on it. False when it is over already, and nothing is
     * changed then.
     */
    CompletionStage<Boolean> put(Plan plan);

    /** Keeps a plan that is done, and has the log commit to it; not when it was cancelled by then. */
    CompletionStage<Void> finish(Plan plan, Content content);

    /** Calls off a plan that is not over; who works on it hears of it the next time that it says so. */
    CompletionStage<Void> cancel(String id, Instant at);

    /** One of them. What nobody has spoken for in half a minute is told as failed. */
    CompletionStage<Optional<Plan>> byId(String id);

    /** What a plan says; empty while it is not done. */
    CompletionStage<Optional<Content>> content(String id);

    /** All, newest first. */
    CompletionStage<Page<Plan>> list(@Nullable String cursor, int limit);
}
