package io.regrade.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy that decided once, or decides.
 *
 * @param policy the policy's name
 * @param digest names its files
 * @param manifest the signed manifest it came with, null for none
 * @param storedAt when it came
 * @param by who brought it
 * @param active whether it is the one that decides
 * @param activations when it began to decide, and why, newest first
 */
public record PolicyVersion(
        String policy,
        String digest,
        @Nullable String manifest,
        Instant storedAt,
        String by,
        boolean active,
        List<Activation> activations) {

    /** Copies the list. */
    public PolicyVersion {
        activations = List.copyOf(activations);
    }

    /** How a version came to decide. */
    public enum What {
        /** It lay on the disk when a server started. */
        START(false),
        /** It was put on the disk while a server watched. */
        WATCH(false),
        /** It was a draft. */
        ACTIVATE(true),
        /** It decided a share of the machines, and decides all of them now. */
        PROMOTE(true),
        /** It decided before, and somebody went back to it. */
        ROLLBACK(true),
        /** Somebody gave the policy back to what lies on the disk. */
        RELEASE(false);

        private final boolean shared;

        What(boolean shared) {
            this.shared = shared;
        }

        /** Whether all servers of a store are to decide by it, and not only the one whose disk has it. */
        public boolean isShared() {
            return shared;
        }

        /** As it is written, such as {@code rollback}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * That a version began to decide.
     *
     * @param seq grows with each activation of any policy
     * @param policy the policy's name
     * @param digest the version
     * @param previous the version that decided before, null for none
     * @param what how it came to that
     * @param by who did it
     * @param comment why, null for no word of it
     * @param draft the draft's id, null when it was none
     * @param at when
     */
    public record Activation(
            long seq,
            String policy,
            String digest,
            @Nullable String previous,
            What what,
            String by,
            @Nullable String comment,
            @Nullable String draft,
            Instant at) {}
}
