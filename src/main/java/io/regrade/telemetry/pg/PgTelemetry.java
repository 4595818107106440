package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.telemetry.Telemetry;
import io.regrade.telemetry.TelemetrySettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Telemetry in a PostgreSQL database whose tables are there. Thread-safe; closing it stores what waits. */
public final class PgTelemetry implements Telemetry, AutoCloseable {

    private static final int READERS = 2;

    private final Connections pool;
    private final SampleWriter writer;
    private final ExecutorService readers = Executors.newFixedThreadPool(READERS, task -> {
        Thread thread = new Thread(task, "regrade-telemetry-reader");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Opens it.
     *
     * @param dedicated opens connections that are kept, for the writer
     * @param pool opens connections for short reads
     */
    public PgTelemetry(Connections dedicated, Connections pool, TelemetrySettings settings, Clock clock) {
        this.pool = pool;
        this.writer = new SampleWriter(dedicated, new Arrivals(new OpenHours(settings)), clock);
    }

    @Override
    public CompletionStage<Received> store(SampleBatch batch) {
        return batch.size() == 0 ? CompletableFuture.completedFuture(Received.NONE) : writer.write(batch);
    }

    @Override
    public CompletionStage<Map<String, MeasuredHours>> hours(
            Collection<String> vms, @Nullable Instant from, @Nullable Instant to) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (Connection connection = pool.open()) {
                        connection.setReadOnly(true);
                        connection.setAutoCommit(false);
                        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                        Map<String, MeasuredHours> hours = StoredHours.of(connection, vms);
                        connection.commit();
                        return hours;
                    } catch (SQLException e) {
                        throw new CompletionException(
                                new LedgerUnavailableException("the database of the samples does not answer", e));
                    }
                },
                readers);
    }

    /** How long the oldest samples that do not last yet have been waiting, seconds. */
    public double lag() {
        return writer.lag();
    }

    @Override
    public void close() {
        writer.close();
        readers.shutdown();
    }
}
