package io.regrade.web;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the answers to requests with an {@code Idempotency-Key}, for a time and within a bound, so that a request
 * that is sent again is not done again. Thread-safe; who comes while the first is under way waits for its answer.
 */
final class Idempotency {

    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";

    private static final Duration KEPT = Duration.ofHours(24);
    private static final int MOST = 10_000;
    private static final long MOST_BYTES = 64L << 20;

    private final Clock clock;
    private final int most;
    private final long mostBytes;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private long bytes;

    /** An answer, or the promise of one; its size is known once it is there. */
    private static final class Entry {
        private final String fingerprint;
        private final Instant since;
        private final CompletableFuture<Answer> answer = new CompletableFuture<>();
        private long size;

        Entry(String fingerprint, Instant since) {
            this.fingerprint = fingerprint;
            this.since = since;
        }
    }

    Idempotency(Clock clock) {
        this(clock, MOST, MOST_BYTES);
    }

    Idempotency(Clock clock, int most, long mostBytes) {
        this.clock = clock;
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /**
     * Does the work once for a key.
     *
     * @param fingerprint equal for equal requests
     * @throws HttpProblem when the key stands for another request
     */
    CompletionStage<Answer> once(String key, String fingerprint, Supplier<CompletionStage<Answer>> work) {
        Entry entry;
        synchronized (this) {
            Entry before = current(key);
            if (before != null) {
                if (!before.fingerprint.equals(fingerprint)) {
                    throw new HttpProblem(
                            ProblemType.KEY_REUSED,
                            "`" + HEADER + "` was used for another request. Maybe take a new one for each request");
                }
                return before.answer.thenApply(answer -> answer.with(REPLAYED, "true"));
            }
            entry = new Entry(fingerprint, clock.instant());
            entries.put(key, entry);
        }
        Entry mine = entry;
        CompletionStage<Answer> done;
        try {
            done = work.get();
        } catch (Throwable e) { // also errors: others may wait for this answer
            done = CompletableFuture.failedFuture(e);
        }
        return done.whenComplete((answer, failure) -> finished(key, mine, answer, failure));
    }

    private @Nullable Entry current(String key) {
        Entry entry = entries.get(key);
        if (entry != null && entry.since.plus(KEPT).isBefore(clock.instant())) {
            entries.remove(key);
            bytes -= entry.size;
            return null;
        }
        return entry;
    }

    private void finished(String key, Entry entry, @Nullable Answer answer, @Nullable Throwable failure) {
        synchronized (this) {
            if (answer == null) {
                // What failed has done nothing: it may be tried again.
                entries.remove(key, entry);
            } else {
                entry.size = answer.body().length;
                bytes += entry.size;
                makeRoom();
            }
        }
        if (answer != null) {
            entry.answer.complete(answer);
        } else {
            entry.answer.completeExceptionally(failure == null ? new IllegalStateException("no answer") : failure);
        }
    }

    /** Drops the oldest answers; never one that is still awaited. */
    private void makeRoom() {
        Iterator<Entry> oldest = entries.values().iterator();
        while ((entries.size() > most || bytes > mostBytes) && oldest.hasNext()) {
            Entry entry = oldest.next();
            if (entry.answer.isDone()) {
                oldest.remove();
                bytes -= entry.size;
            }
        }
    }
}
