package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.telemetry.Telemetry.Received;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores samples on one thread, in the order they came. Whatever has come while a transaction was under way goes into the
 * next one, so that many who wait share one fsync; since there is one order, what is answered to be a duplicate is of a
 * sample that lasts. When a transaction fails, all that was in it is refused. Thread-safe.
 */
final class SampleWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SampleWriter.class);
    private static final int BATCH_SAMPLES = 200_000;
    private static final int QUEUE_SAMPLES = 2_000_000;
    private static final long STOP_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 3_600_000;

    private final Connections connections;
    private final Arrivals arrivals;
    private final Clock clock;
    private final Thread thread = new Thread(this::run, "regrade-telemetry");
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private long queued;
    private boolean closed;
    private long tidiedAt;
    private @Nullable Connection connection;

    private record Waiting(SampleBatch batch, CompletableFuture<Received> done, long since) {}

    SampleWriter(Connections connections, Arrivals arrivals, Clock clock) {
        this.connections = connections;
        this.arrivals = arrivals;
        this.clock = clock;
        thread.setDaemon(true);
        thread.start();
    }

    /** Has samples stored; completes once they last. */
    CompletionStage<Received> write(SampleBatch batch) {
        CompletableFuture<Received> done = new CompletableFuture<>();
        synchronized (this) {
            if (closed) {
                done.completeExceptionally(new LedgerUnavailableException("the server is stopping"));
            } else if (queued > 0 && queued + batch.size() > QUEUE_SAMPLES) {
                done.completeExceptionally(
                        new LedgerUnavailableException("more samples are waiting than the store can take"));
            } else {
                queue.add(new Waiting(batch, done, System.nanoTime()));
                queued += batch.size();
                notifyAll();
            }
        }
        return done;
    }

    /** How long the oldest samples that do not last yet have been waiting, seconds. */
    synchronized double lag() {
        Waiting oldest = queue.peek();
        return oldest == null ? 0 : (System.nanoTime() - oldest.since()) / 1e9;
    }

    private void run() {
        while (true) {
            List<Waiting> part = take();
            if (part.isEmpty()) {
                disconnect();
                return;
            }
            try {
                store(part);
            } catch (SQLException | RuntimeException | Error e) {
                LOG.warn("samples could not be stored, their senders are told to send them again", e);
                arrivals.forget();
                disconnect();
                part.forEach(one -> one.done.completeExceptionally(
                        new LedgerUnavailableException("the database of the samples does not answer", e)));
            }
        }
    }

    private synchronized List<Waiting> take() {
        while (queue.isEmpty() && !closed) {
            try {
                wait();
            } catch (InterruptedException e) {
                closed = true; // nobody interrupts this thread but the end of the process
            }
        }
        List<Waiting> part = new ArrayList<>();
        long samples = 0;
        while (!queue.isEmpty()
                && (part.isEmpty() || samples + queue.peek().batch.size() <= BATCH_SAMPLES)) {
            Waiting one = queue.remove();
            samples += one.batch.size();
            queued -= one.batch.size();
            part.add(one);
        }
        return part;
    }

    private void store(List<Waiting> part) throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = connections.open();
            open.setAutoCommit(false);
            connection = open;
        }
        long now = clock.millis();
        if (now - tidiedAt > IDLE_MILLIS) {
            arrivals.forgetBefore(now - IDLE_MILLIS);
            tidiedAt = now;
        }
        List<Received> answers =
                arrivals.store(open, part.stream().map(Waiting::batch).toList(), now);
        open.commit();
        for (int i = 0; i < part.size(); i++) {
            part.get(i).done.complete(answers.get(i));
        }
    }

    private void disconnect() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the connection was gone: {}", e.getMessage());
            }
        }
    }

    /** Stores what waits, and ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(STOP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
