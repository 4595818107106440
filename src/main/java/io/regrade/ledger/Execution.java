package io.regrade.ledger;

import io.regrade.decision.PolicyRef;
import io.regrade.execute.JobState;
import io.regrade.execute.Order;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A job that changes one machine, and how far it is.
 *
 * @param id 32 hexadecimal digits; also the key that names it to the cloud
 * @param kind what it is for
 * @param state where it stands
 * @param vm the machine
 * @param basis what was approved, null for one that follows from no decision
 * @param of the execution it takes back, null for any other
 * @param executor the name of the executor that carries it out
 * @param order what is to be done; null when it was erased
 * @param asker who asked for it
 * @param wish what was asked of it since, null for nothing
 * @param tries how often the cloud was asked for what is under way
 * @param answered whether the cloud said yes the last time
 * @param mark what the executor noted of the machine before anything was asked; empty before that
 * @param holdSeconds how long a change is watched before it is made final
 * @param problem why it is as it is, in words; null when all is well
 * @param createdAt when it was asked for
 * @param finishedAt when it was over, null while it is not
 * @param steps everything that was done, oldest first; empty in lists
 */
public record Execution(
        String id,
        Kind kind,
        JobState state,
        String vm,
        @Nullable Basis basis,
        @Nullable String of,
        String executor,
        @Nullable Order order,
        String asker,
        @Nullable Wish wish,
        int tries,
        boolean answered,
        String mark,
        int holdSeconds,
        @Nullable String problem,
        Instant createdAt,
        @Nullable Instant finishedAt,
        List<Step> steps) {

    /** Copies the list. */
    public Execution {
        steps = List.copyOf(steps);
    }

    /** What an execution is for. */
    public enum Kind {
        /** A machine gets another class. */
        MOVE,
        /** A machine gets back the class it had before another execution. */
        ROLLBACK;

        /** As it is written, such as {@code move}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What can be asked of one that is under way. */
    public enum Wish {
        /** It is not to be done; what was done is taken back. */
        CANCEL,
        /** What was done is taken back. */
        ROLLBACK;

        /** As it is written, such as {@code cancel}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What was approved. The decision's id is made of all that was decided on, so it names exactly what is to be done.
     *
     * @param recommendation the recommendation's id
     * @param decision the id of the decision that was approved
     * @param policy what decided it
     */
    public record Basis(String recommendation, String decision, PolicyRef policy) {}

    /**
     * Something that was done, or is about to be.
     *
     * @param what such as {@code act} or {@code confirm}
     * @param phase whether it is about to be tried, or what came of it
     * @param tries which attempt, from 1; 0 for what is not tried again
     * @param outcome in a word; empty for an intent
     * @param detail in words, for people; null for none or when it was erased
     * @param by who did it
     * @param at when
     */
    public record Step(
            String what,
            Phase phase,
            int tries,
            String outcome,
            @Nullable String detail,
            String by,
            Instant at) {

        /** When a step is written down. */
        public enum Phase {
            /** Before it is tried. */
            INTENT,
            /** When it is known what came of it. */
            RESULT;

            /** As it is written, such as {@code intent}. */
            public String key() {
                return name().toLowerCase(Locale.ROOT);
            }
        }
    }
}
