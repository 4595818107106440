package io.regrade.ledger;

import java.time.Instant;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** How long machines were held as what. Written with every change of the inventory, in its transaction. Thread-safe. */
public interface UsageRecords {

    /**
     * Records that touch a period, oldest first; fails with {@link InvalidCursorException}, and with {@link
     * LedgerUnavailableException} when the store is away.
     *
     * @param from the period's beginning
     * @param until its end
     * @param owner only of machines of this owner, null for all
     * @param cursor where to begin, null for the oldest
     * @param limit how many at most, at least 1
     */
    CompletionStage<Page<UsageRecord>> list(
            Instant from, Instant until, @Nullable String owner, @Nullable String cursor, int limit);
}
