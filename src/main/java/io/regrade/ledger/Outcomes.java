package io.regrade.ledger;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * What became of moves. Thread-safe; everything fails with {@link LedgerUnavailableException} when the store is away.
 */
public interface Outcomes {

    /** What is to be said of a move as a whole. */
    enum Verdict {
        /** Nothing, or not enough, was measured since. */
        UNKNOWN,
        /** What was promised came true. */
        KEPT,
        /** Something that was promised did not come true. */
        BROKEN,
        /** The machine is short of something that it was not to be short of. */
        HURTS;

        /** As it is written, such as {@code hurts}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a rule promised of a move.
     *
     * @param rule the rule's id
     * @param kind what kind of benefit, such as {@code cost}
     * @param unit its unit
     * @param promised how much
     * @param observed how much it is, NaN when unknown
     * @param kept whether it came true, null when unknown
     */
    record Promise(
            String rule,
            String kind,
            String unit,
            double promised,
            double observed,
            @Nullable Boolean kept) {}

    /**
     * The outcome of a move.
     *
     * @param execution the execution's id
     * @param vm the machine
     * @param at when it was looked at
     * @param body all of it, JSON
     * @param promises rule by rule
     */
    record Found(String execution, String vm, Instant at, Verdict verdict, String body, List<Promise> promises) {

        /** Copies the list. */
        public Found {
            promises = List.copyOf(promises);
        }
    }

    /**
     * How a rule's promises of one kind came out.
     *
     * @param moves how often it promised
     * @param kept how often it came true
     * @param broken how often it did not
     * @param promised the sum of what was promised, of those where it is known what came of it
     * @param observed the sum of what came of it
     */
    record Record(
            String rule, String kind, String unit, int moves, int kept, int broken, double promised, double observed) {}

    /** Keeps the newest outcome of a move, and has the log commit to it. */
    CompletionStage<Void> put(Found outcome);

    /** The newest outcome of a move, as JSON; empty when it was never looked at. */
    CompletionStage<Optional<String>> byExecution(String id);

    /** Those with a verdict, as JSON, newest first; those of all verdicts when it is null. */
    CompletionStage<List<String>> list(@Nullable Verdict verdict, int limit);

    /** The record of every rule, those that broke most first. */
    CompletionStage<List<Record>> rules();
}
