package io.regrade.ledger;

import io.regrade.decision.PolicyRef;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The tamper-evident log of everything that was decided or done, in the tiled formats of C2SP. Thread-safe. */
public interface AuditLog {

    /** Appends events, all or none; completes once they last. Fails with {@link LedgerUnavailableException}. */
    CompletionStage<Void> append(List<Event> events);

    /** Notes that a version decides from now on, unless that is noted already; completes once that lasts. */
    CompletionStage<Void> activated(PolicyRef policy, Asker by);

    /** What checkpoints are verified with, as a {@code vkey} of a signed note. */
    String key();

    /** The newest signed checkpoint, as text. */
    CompletionStage<String> checkpoint();

    /** A tile of hashes, {@code width} times 32 bytes; empty when the log is not that long. */
    CompletionStage<Optional<byte[]>> tile(int level, long index, int width);

    /** A bundle of entries; empty when the log is not that long. */
    CompletionStage<Optional<byte[]>> entries(long index, int width);

    /** The proof, as text, that a decision is in the log; empty when there is no such decision. */
    CompletionStage<Optional<String>> receipt(String decision);
}
