package io.regrade.ledger;

import io.regrade.decision.PolicyRef;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation of all machines that are held.
 *
 * @param id 32 hexadecimal digits
 * @param state where it stands
 * @param policy what decides; the active version of the default policy when several do
 * @param assignment which version decides which machine, as the pipeline writes it; null for {@code policy} alone
 * @param decidedAt the one moment that all are decided at
 * @param asker who asked, as {@link Asker#name}
 * @param machines how many machines there are to decide
 * @param decided how many are decided, and durably so
 * @param cancelling whether it was asked to stop
 * @param error why it failed, null unless it did
 * @param createdAt when it was asked for
 * @param finishedAt when it came to its end, null while it runs
 */
public record Evaluation(
        String id,
        State state,
        PolicyRef policy,
        @Nullable String assignment,
        Instant decidedAt,
        String asker,
        int machines,
        int decided,
        boolean cancelling,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** Where an evaluation stands. */
    public enum State {
        RUNNING,
        DONE,
        CANCELLED,
        FAILED;

        /** As it is written, such as {@code running}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
