package io.regrade.ledger;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What runs of drafts came to. Thread-safe; everything that returns a stage fails with {@link LedgerUnavailableException}
 * when the store is away.
 */
public interface DraftRuns {

    /** Keeps a run as it is; the one that was kept under its id makes place. Says, too, that somebody still runs it. */
    CompletionStage<Void> put(DraftRun run);

    /** One of them. What nobody has spoken for in half a minute is told as stopped. */
    CompletionStage<Optional<DraftRun>> byId(String draft, String id);

    /** The newest of a draft, the newest first, without their results. */
    CompletionStage<List<DraftRun>> of(String draft, @Nullable Integer limit);
}
