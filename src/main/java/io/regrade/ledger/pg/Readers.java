package io.regrade.ledger.pg;

import io.regrade.ledger.LedgerUnavailableException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs queries on threads of their own, so that nobody who must not wait does. Thread-safe. */
final class Readers implements AutoCloseable {

    private static final int WAITING_MOST = 10_000;
    private static final int STOP_SECONDS = 10;

    private final ConnectionSource source;
    private final ThreadPoolExecutor threads;

    /** Something that reads. */
    @FunctionalInterface
    interface Query<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Readers on this many threads, with connections of a pool. */
    Readers(ConnectionSource source, int count) {
        this.source = source;
        this.threads = new ThreadPoolExecutor(
                count, count, 1, TimeUnit.MINUTES, new LinkedBlockingQueue<>(WAITING_MOST), task -> {
                    Thread thread = new Thread(task, "regrade-reader");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Changes something, in a transaction of its own; fails as {@link #read} does. */
    <T> CompletionStage<T> write(Query<T> query) {
        return submit(query, false);
    }

    /** Reads; fails with {@link LedgerUnavailableException} when the database does not answer. */
    <T> CompletionStage<T> read(Query<T> query) {
        return submit(query, true);
    }

    private <T> CompletionStage<T> submit(Query<T> query, boolean readOnly) {
        try {
            return CompletableFuture.supplyAsync(() -> now(query, readOnly), threads);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(
                    new LedgerUnavailableException("more is waiting to be read than the ledger can take", e));
        }
    }

    private <T> T now(Query<T> query, boolean readOnly) {
        try (Connection connection = source.open()) {
            connection.setReadOnly(readOnly);
            connection.setAutoCommit(false);
            T answer = query.run(connection);
            connection.commit();
            return answer;
        } catch (SQLException e) {
            throw new CompletionException(new LedgerUnavailableException(
                    Outage.isFull(e) ? Outage.reason(e) : "the ledger's database does not answer", e));
        }
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                threads.shutdownNow();
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
