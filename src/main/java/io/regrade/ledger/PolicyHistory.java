package io.regrade.ledger;

import io.regrade.ledger.Drafts.Contents;
import io.regrade.ledger.Drafts.Remark;
import io.regrade.ledger.PolicyVersion.Activation;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The versions of policies, and which of them decides. Thread-safe; everything that returns a stage fails with {@link
 * LedgerUnavailableException} when the store is away.
 */
public interface PolicyHistory {

    /** Keeps a version that lies on a disk, with its signed manifest; completes once that lasts. */
    CompletionStage<Void> keep(String policy, Contents contents);

    /** Notes that a policy was given back to what lies on the disk; completes once that lasts, with what holds then. */
    CompletionStage<Activation> released(String policy, Contents contents, Remark remark);

    /**
     * Goes back to a version that decided before.
     *
     * @param digest the version
     * @return what holds then. Fails with {@link WrongStateException} when it never decided, or does already; nothing is
     *     changed then
     */
    CompletionStage<Activation> rollback(String policy, String digest, Remark remark);

    /** What decides now, one for each policy there ever was, by name. */
    CompletionStage<List<Activation>> active();

    /** A number that grows whenever another version decides; 0 when none ever did. */
    CompletionStage<Long> newest();

    /**
     * One version with all its activations; empty when there is none.
     *
     * @param digest may be cut after eight of its digits
     */
    CompletionStage<Optional<PolicyVersion>> byDigest(String policy, String digest);

    /** The files of a version or of a draft as it was once; empty when there are none. */
    CompletionStage<Optional<Contents>> contents(String policy, String digest);

    /**
     * A page of the versions that decided, the one that began to decide last at the front; completes with {@link
     * InvalidCursorException} for another list's cursor.
     */
    CompletionStage<Page<PolicyVersion>> list(String policy, @Nullable String cursor, int limit);
}
