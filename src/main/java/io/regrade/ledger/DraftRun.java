package io.regrade.ledger;

import io.regrade.ledger.Draft.Verb;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A check, a test or a measurement of a draft.
 *
 * @param id 32 hexadecimal digits
 * @param draft the draft's id
 * @param work {@link Verb#CHECK}, {@link Verb#TEST} or {@link Verb#IMPACT}
 * @param digest the files that it is about
 * @param state how far it is
 * @param by who asked for it
 * @param progress what was last told of its progress, JSON; null for nothing
 * @param result what it told in the end, JSON; null when there is nothing
 * @param stop why it was stopped, null when it was not
 * @param createdAt when it was asked for
 * @param finishedAt when it ended, null while it has not
 */
public record DraftRun(
        String id,
        String draft,
        Verb work,
        String digest,
        State state,
        String by,
        @Nullable String progress,
        @Nullable String result,
        @Nullable Stop stop,
        Instant createdAt,
        @Nullable Instant finishedAt) {

    /** How far it is. */
    public enum State {
        /** Others are run before. */
        WAITING,
        RUNNING,
        /** The answer is yes. */
        PASSED,
        /** The answer is no. */
        FAILED,
        /** There is no answer. */
        STOPPED;

        /** As it is written, such as {@code passed}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** Whether it has come to its end. */
        public boolean isOver() {
            return this != WAITING && this != RUNNING;
        }
    }

    /**
     * Why there is no answer.
     *
     * @param kind {@code time-limit}, {@code memory-limit}, {@code output-limit}, {@code lost} or {@code failed}
     * @param detail a sentence
     */
    public record Stop(String kind, String detail) {}

    /** This run at its end. */
    public DraftRun over(State end, @Nullable String told, @Nullable Stop why, Instant at) {
        return new DraftRun(id, draft, work, digest, end, by, progress, told, why, createdAt, at);
    }
}
