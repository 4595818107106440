package io.regrade.ledger;

import io.regrade.ledger.Drafts.Contents;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * What is live of each policy, kept over restarts. Thread-safe; everything fails with {@link LedgerUnavailableException}
 * when the store is away.
 */
public interface LivePolicies {

    /** All of them. */
    CompletionStage<List<LivePolicy>> all();

    /**
     * Keeps one in place of what was kept under its name; completes once that lasts.
     *
     * @param versions the files of the versions it names; those that are kept already may be left out
     */
    CompletionStage<Void> keep(LivePolicy policy, List<Contents> versions);

    /**
     * The files of a version that is live or that decisions were made with, with the manifest it came with.
     *
     * @param digest {@code sha256:} and hexadecimal digits, which may be cut
     */
    CompletionStage<Optional<Contents>> version(String digest);
}
