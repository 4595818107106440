package io.regrade.ledger;

import io.regrade.ledger.Evaluation.State;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The evaluations of the fleet, which several servers may share. Thread-safe; everything fails with {@link
 * LedgerUnavailableException} when the store is away.
 */
public interface Evaluations {

    /** Keeps a new one, which runs as soon as a server takes it. */
    CompletionStage<Void> create(Evaluation evaluation);

    /** One of them. */
    CompletionStage<Optional<Evaluation>> byId(String id);

    /** All, newest first. */
    CompletionStage<Page<Evaluation>> list(@Nullable String cursor, int limit);

    /** Asks one to stop; false when it does not run any more, or there is none. */
    CompletionStage<Boolean> cancel(String id);

    /** Takes one that runs nowhere: it is new, or its server is gone. */
    CompletionStage<Optional<Evaluation>> take(UUID runner);

    /** The machines that one has decided already. */
    CompletionStage<Set<String>> decided(String id);

    /**
     * Tells how far one is, and that its server lives.
     *
     * @return whether to go on: it was not cancelled, and no other server has taken it
     */
    CompletionStage<Boolean> progress(String id, UUID runner, int machines, int decided);

    /** Ends one. */
    CompletionStage<Void> finish(String id, UUID runner, State state, @Nullable String error);

    /** Gives one back, to be taken again at once. */
    CompletionStage<Void> release(String id, UUID runner);
}
