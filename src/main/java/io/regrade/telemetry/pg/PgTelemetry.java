package io.regrade.telemetry.pg;

import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.ledger.DaemonThread;
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
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Telemetry in a PostgreSQL database whose tables are there. Thread-safe; closing it stores what waits. */
public final class PgTelemetry implements Telemetry, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PgTelemetry.class);
    private static final int READERS = 2;

    private final Connections pool;
    private final Connections dedicated;
    private final TelemetrySettings settings;
    private final Clock clock;
    private final SampleWriter writer;
    private final HourClosing closing;
    private final ScheduledExecutorService tidying = DaemonThread.named("regrade-telemetry-hours");
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
        this.dedicated = dedicated;
        this.settings = settings;
        this.clock = clock;
        OpenHours open = new OpenHours(settings);
        this.writer = new SampleWriter(dedicated, new Arrivals(open), clock);
        this.closing = new HourClosing(settings, open);
    }

    /** Begins to close hours and to drop old days, every minute. */
    public void start() {
        tidying.scheduleWithFixedDelay(this::tidy, 1, 1, TimeUnit.MINUTES);
    }

    /**
     * Closes the hours that are over and drops the days that are too old; several servers may do so at a time.
     *
     * @return how many machines had hours to close
     */
    public int closeHours() {
        try (Connection connection = dedicated.open()) {
            connection.setAutoCommit(false);
            Instant now = clock.instant();
            DayTable.drop(connection, (int) Math.floorDiv(now.getEpochSecond(), 86_400L) - settings.keptDays());
            connection.commit();
            return closing.close(connection, now);
        } catch (SQLException e) {
            throw new LedgerUnavailableException("the database of the samples does not answer", e);
        }
    }

    private void tidy() {
        try {
            int closed = closeHours();
            LOG.debug("hours of {} machines were closed", closed);
        } catch (LedgerUnavailableException e) {
            LOG.warn("hours could not be closed, it is tried again in a minute: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("hours could not be closed", e);
        }
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
                        Map<String, MeasuredHours> hours = StoredHours.of(connection, vms, from, to);
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
        DaemonThread.end(tidying);
        writer.close();
        readers.shutdown();
    }
}
