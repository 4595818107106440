package io.regrade.offer;

import io.regrade.ledger.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be told. Entries come with the steps of offers, in their transactions. Thread-safe; everything that
 * returns a stage fails with {@link io.regrade.ledger.LedgerUnavailableException} when the store is away.
 */
public interface Outbox {

    /**
     * Takes what is due, and counts an attempt. Nobody else gets it before the lease is over: whoever dies meanwhile leaves
     * it to be told again, with the same id.
     *
     * @param most how many
     * @param lease for how long
     */
    CompletionStage<List<Notification>> take(int most, Duration lease);

    /** It has arrived. */
    CompletionStage<Void> delivered(String id);

    /** It has not; it is tried again at a moment, or not at all when that is null. */
    CompletionStage<Void> failed(String id, String error, @Nullable Instant again);

    /** Has one that was given up tried again; empty when there is none, false when it was not given up or erased. */
    CompletionStage<Optional<Boolean>> retry(String id);

    /** A page, newest first; fails with {@link io.regrade.ledger.InvalidCursorException}. */
    CompletionStage<Page<Notification>> list(
            Notification.@Nullable State state, @Nullable String offer, @Nullable String cursor, int limit);
}
