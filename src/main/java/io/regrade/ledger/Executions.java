package io.regrade.ledger;

import io.regrade.execute.JobState;
import io.regrade.ledger.Execution.Step;
import io.regrade.ledger.Execution.Wish;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Executions, which several servers may share. Every step is a leaf of the audit log in the transaction that stores it.
 * Thread-safe; everything fails with {@link LedgerUnavailableException} when the store is away.
 */
public interface Executions {

    /** Keeps a new one, to be taken by any server; fails with {@link WrongStateException} when its machine has another. */
    CompletionStage<Execution> create(Execution execution);

    /** One of them with its steps. */
    CompletionStage<Optional<Execution>> byId(String id);

    /** A page without steps, newest first; what is null does not matter. */
    CompletionStage<Page<Execution>> list(
            @Nullable String vm, @Nullable JobState state, @Nullable String cursor, int limit);

    /**
     * Asks something of one that is under way. One that has asked nothing of its cloud yet is cancelled at once.
     *
     * @return it as it is then; empty when there is none. Fails with {@link WrongStateException} when it is over
     */
    CompletionStage<Optional<Execution>> wish(String id, Wish wish, Asker by);

    /** Takes one that is due and that no other server works on. */
    CompletionStage<Optional<Lease>> take(UUID runner);

    /**
     * Writes a step down.
     *
     * @return how it stands then; fails with {@link LostLeaseException} when another server has taken it, and with {@link
     *     WrongStateException} when the step needs an approval that is not there any more. Nothing is written then
     */
    CompletionStage<Lease> write(Lease lease, Entry entry);

    /** Lets go of one, to be taken again after a while. */
    CompletionStage<Void> rest(Lease lease, Duration pause);

    /**
     * One that a server works on alone, for about a minute from the last time it wrote.
     *
     * @param execution as it was when it was taken, or written
     * @param fence grows each time it is taken
     * @param age how long it has been in its state
     * @param withdrawn whether its approval was withdrawn
     */
    record Lease(Execution execution, long fence, Duration age, boolean withdrawn) {

        /** How long nobody else takes it after it was taken or written. */
        public static final Duration TERM = Duration.ofSeconds(60);

        /** Whether it is to be undone. */
        public boolean isUnwanted() {
            return withdrawn || execution.wish() != null;
        }
    }

    /**
     * What is written.
     *
     * @param step the step
     * @param state where it stands with it
     * @param mark what the executor noted, null to leave it
     * @param answered whether the cloud said yes to what was asked
     * @param problem why it is as it is, null when all is well
     * @param needsApproval whether the approval must be there still
     */
    record Entry(
            Step step,
            JobState state,
            @Nullable String mark,
            boolean answered,
            @Nullable String problem,
            boolean needsApproval) {}
}
