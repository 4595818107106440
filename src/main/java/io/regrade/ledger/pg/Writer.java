package io.regrade.ledger.pg;

import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.metrics.RegradeMeters;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes on one thread. Whatever has come while a transaction was under way goes into the next one (group commit), so
 * that many who wait share one fsync. Thread-safe.
 *
 * <p>What was accepted is either durable or refused with the reason; nothing is dropped in silence. When the database is
 * away, it is tried for some seconds, then everything that waits is refused, and the next that comes tries again. When
 * nothing comes, it is looked every second whether the database takes something again.
 */
final class Writer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
    private static final long BATCH_BYTES = 16L << 20;
    private static final long QUEUE_BYTES = 128L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final long PAUSE_MILLIS = 100;
    private static final long LOOK_MILLIS = 1000;

    private final ConnectionSource source;
    private final Transaction transaction;
    private final RegradeMeters meters;
    private final Thread thread;
    private final Deque<Work> queue = new ArrayDeque<>();
    private long queuedBytes;
    private @Nullable Work underWay;
    private boolean closed;
    private volatile @Nullable String damage;
    private volatile @Nullable String trouble;
    private long lookedAt;
    private @Nullable Connection connection;

    Writer(ConnectionSource source, Transaction transaction, RegradeMeters meters) {
        this.source = source;
        this.transaction = transaction;
        this.meters = meters;
        this.thread = new Thread(this::run, "regrade-ledger");
        this.thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Has something written; completes once it lasts. */
    CompletionStage<Void> write(Work work) {
        synchronized (this) {
            if (closed) {
                work.done().completeExceptionally(new LedgerUnavailableException("the server is stopping"));
            } else if (queuedBytes > 0 && queuedBytes + work.weight() > QUEUE_BYTES) {
                work.done()
                        .completeExceptionally(new LedgerUnavailableException(
                                "more is waiting to be recorded than the ledger can take"));
            } else {
                queue.add(work);
                queuedBytes += work.weight();
                notifyAll();
            }
        }
        return work.done();
    }

    /** How many pieces wait. */
    synchronized int waiting() {
        return queue.size();
    }

    /** How long the oldest piece that is not durable yet has been waiting, seconds. */
    synchronized double lag() {
        Work oldest = underWay == null ? queue.peek() : underWay;
        return oldest == null ? 0 : (System.nanoTime() - oldest.since()) / 1e9;
    }

    /** Why nothing can be written any more; empty when that is not so. */
    Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    /** Why nothing can be written now, though it may heal; empty when that is not so. */
    Optional<String> trouble() {
        return Optional.ofNullable(trouble);
    }

    private void run() {
        while (true) {
            List<Work> batch = take();
            if (batch.isEmpty() && isClosed()) {
                return;
            }
            try {
                if (!batch.isEmpty()) {
                    write(batch);
                }
                lookForRoom();
            } catch (RuntimeException | Error e) {
                LOG.error("the ledger's writer failed", e);
                refuse(batch, new LedgerUnavailableException("the ledger failed", e));
                disconnect();
            }
        }
    }

    private synchronized List<Work> take() {
        underWay = null;
        while (queue.isEmpty() && !closed) {
            try {
                wait(trouble == null ? 0 : LOOK_MILLIS);
            } catch (InterruptedException e) {
                closed = true; // nobody interrupts this thread but the end of the process
            }
            if (trouble != null) {
                break;
            }
        }
        List<Work> batch = new ArrayList<>();
        long bytes = 0;
        while (!queue.isEmpty() && (batch.isEmpty() || bytes + queue.peek().weight() <= BATCH_BYTES)) {
            Work work = queue.remove();
            bytes += work.weight();
            queuedBytes -= work.weight();
            batch.add(work);
        }
        underWay = batch.isEmpty() ? null : batch.get(0);
        return batch;
    }

    private void write(List<Work> batch) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean uncertain = false;
        transaction.next();
        while (true) {
            boolean connected = connection != null;
            try {
                Connection open = connect();
                connected = true;
                if (uncertain && transaction.hasCommitted(open)) {
                    accept(batch);
                    return;
                }
                commit(open, batch);
                return;
            } catch (DamagedLogException e) {
                damage = e.getMessage();
                LOG.error("the audit log is damaged, nothing more is recorded: {}", e.getMessage());
                disconnect();
                refuse(batch, new LedgerUnavailableException("the audit log is damaged: " + e.getMessage()));
                return;
            } catch (SQLException e) {
                uncertain |= connected;
                boolean away = Outage.isAway(e);
                boolean full = Outage.isFull(e);
                disconnect();
                if (!away && !full && batch.size() > 1) {
                    // One bad piece must not cost the others their record: each goes alone.
                    batch.forEach(one -> write(List.of(one)));
                    return;
                }
                if (!away || System.nanoTime() - deadline > 0 || isClosed()) {
                    LOG.warn("{} pieces could not be recorded: {}", batch.size(), e.getMessage());
                    trouble = away || full ? Outage.reason(e) : trouble;
                    refuse(batch, new LedgerUnavailableException(Outage.reason(e), e));
                    return;
                }
                pause();
            }
        }
    }

    private void commit(Connection open, List<Work> batch) throws SQLException {
        long begun = System.nanoTime();
        Transaction.Outcome outcome = transaction.commit(open, batch);
        meters.committed(Duration.ofNanos(System.nanoTime() - begun), outcome.decisions(), outcome.lost());
        if (outcome.lost() > 0) {
            LOG.error("the store has forgotten {} entries of the log that were committed", outcome.lost());
        }
        accept(batch);
    }

    private static void accept(List<Work> batch) {
        batch.forEach(work -> work.done().complete(null));
    }

    private static void refuse(List<Work> batch, LedgerUnavailableException reason) {
        batch.forEach(work -> work.done().completeExceptionally(reason));
    }

    /** Ends the trouble once the database takes something again. */
    private void lookForRoom() {
        long now = System.nanoTime();
        if (trouble == null || now - lookedAt < Duration.ofMillis(LOOK_MILLIS).toNanos()) {
            return;
        }
        lookedAt = now;
        try {
            Outage.lookForRoom(connect());
            LOG.info("decisions can be recorded again");
            trouble = null;
        } catch (SQLException e) {
            disconnect();
            trouble = Outage.reason(e);
        }
    }

    private Connection connect() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = source.open();
            open.setAutoCommit(false);
            connection = open;
        }
        return open;
    }

    private void disconnect() {
        transaction.forget();
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.rollback();
            } catch (SQLException e) {
                LOG.debug("the connection was gone: {}", e.getMessage());
            }
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the connection was gone: {}", e.getMessage());
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    /** Takes nothing more, writes what waits, and ends. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        disconnect();
    }
}
