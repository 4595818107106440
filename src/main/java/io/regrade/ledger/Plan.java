package io.regrade.ledger;

import io.regrade.decision.PolicyRef;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A plan of the whole fleet, or how far it is.
 *
 * @param id 32 hexadecimal digits
 * @param state how far it is
 * @param policy what decides the machines
 * @param asker who asked for it
 * @param machines how many machines are planned
 * @param decided how many of them are decided so far
 * @param error why it failed, null when it did not
 * @param createdAt when it was asked for
 * @param finishedAt when it ended, null while it has not
 */
public record Plan(
        String id,
        State state,
        PolicyRef policy,
        String asker,
        int machines,
        int decided,
        @Nullable String error,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** How far a plan is. */
    public enum State {
        RUNNING,
        DONE,
        FAILED,
        /** Somebody called it off before it was done. */
        CANCELLED;

        /** As it is written, such as {@code done}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** This plan with so many machines decided. */
    public Plan at(int decidedNow, int ofMachines) {
        return new Plan(id, state, policy, asker, ofMachines, decidedNow, error, createdAt, finishedAt);
    }

    /** This plan at its end. */
    public Plan over(State end, @Nullable String why, Instant at) {
        return new Plan(id, end, policy, asker, machines, decided, why, createdAt, at);
    }
}
