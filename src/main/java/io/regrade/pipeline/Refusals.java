package io.regrade.pipeline;

import io.regrade.ledger.AuditLog;
import io.regrade.ledger.DaemonThread;
import io.regrade.ledger.Event;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the audit log tell of every request for a decision that was refused, without letting anybody flood it. Thread-safe.
 *
 * <p>A few in each second are told one by one, before they are answered. What is more, and what was refused because there
 * is too much to do or the ledger is away, is counted, and told about once a second as one leaf with the count; while the
 * ledger is away, counting goes on. Memory is bounded: there is one number for each kind of refusal.
 */
public final class Refusals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final int SINGLE_A_SECOND = 20;
    private static final int MOST_PLACES = 20;
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final AuditLog log;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private final Map<String, Long> counts = new TreeMap<>();
    private @Nullable Instant since;
    private long second = System.nanoTime();
    private int single;

    /** Refusals that are told by a log; begins to look for what is to be told. */
    public Refusals(AuditLog log, Clock clock) {
        this.log = log;
        this.clock = clock;
        this.thread = DaemonThread.named("regrade-refusals");
        thread.scheduleWithFixedDelay(this::tell, 1, 1, TimeUnit.SECONDS);
    }

    /**
     * Notes that a request was refused for what is in it.
     *
     * @param kind one of a few words
     * @param places where in the request it lies; nothing that the request says
     * @return completes when it may be answered: it is in the log, or it is counted. Never fails
     */
    public CompletionStage<Void> refused(String kind, List<String> places) {
        if (!mayBeSingle()) {
            return counted(kind);
        }
        String told = String.join(", ", places.subList(0, Math.min(places.size(), MOST_PLACES)));
        String more = places.size() > MOST_PLACES ? " and " + (places.size() - MOST_PLACES) + " more" : "";
        Event event = Event.refusal(told.isEmpty() ? kind : kind + " at " + told + more);
        return log.append(List.of(event)).exceptionallyCompose(away -> counted(kind));
    }

    /** Notes that a request was refused for what is here, such as too much to do; only counts it. */
    public CompletionStage<Void> counted(String kind) {
        add(Map.of(kind, 1L), clock.instant());
        return CompletableFuture.completedFuture(null);
    }

    private synchronized boolean mayBeSingle() {
        long now = System.nanoTime();
        if (now - second >= SECOND_NANOS) {
            second = now;
            single = 0;
        }
        return single++ < SINGLE_A_SECOND;
    }

    private synchronized void add(Map<String, Long> more, Instant from) {
        more.forEach((kind, count) -> counts.merge(kind, count, Long::sum));
        if (since == null || from.isBefore(since)) {
            since = from;
        }
    }

    /** Tells what was counted; what cannot be told stays counted. */
    private void tell() {
        Map<String, Long> told;
        Instant from;
        synchronized (this) {
            if (since == null) {
                return;
            }
            from = since;
            told = new TreeMap<>(counts);
            counts.clear();
            since = null;
        }
        try {
            Instant until = clock.instant();
            log.append(List.of(Event.refusals(
                            told, from.truncatedTo(ChronoUnit.MILLIS), until.truncatedTo(ChronoUnit.MILLIS))))
                    .toCompletableFuture()
                    .join();
        } catch (RuntimeException e) {
            LOG.debug("refusals could not be told yet: {}", e.getMessage());
            add(told, from);
        }
    }

    /** Tells what is left, if that is possible. */
    @Override
    public void close() {
        DaemonThread.end(thread);
        tell();
        synchronized (this) {
            if (since != null) {
                LOG.warn("these refusals since {} could not be told to the audit log: {}", since, counts);
            }
        }
    }
}
