package io.regrade.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.Counter;
import io.regrade.config.Config;
import io.regrade.config.DatabaseConfig;
import io.regrade.config.TelemetryConfig;
import io.regrade.db.Database;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.DatabaseException;
import io.regrade.db.embedded.EmbeddedPostgres;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.pack.NativeZstandard;
import io.regrade.ledger.pg.KeyHandover;
import io.regrade.ledger.pg.PgLedger;
import io.regrade.metrics.RegradeMeters;
import io.regrade.telemetry.TelemetrySettings;
import io.regrade.telemetry.pg.PgTelemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where everything lasts: the database, which may be one of Regrade's own, and the ledger in it. */
final class Storage implements AutoCloseable {

    private final @Nullable EmbeddedPostgres embedded;
    private final Database database;
    private final PgLedger ledger;
    private final PgTelemetry telemetry;
    private final RetentionJob retention;

    private Storage(
            @Nullable EmbeddedPostgres embedded,
            Database database,
            PgLedger ledger,
            PgTelemetry telemetry,
            RetentionJob retention) {
        this.embedded = embedded;
        this.database = database;
        this.ledger = ledger;
        this.telemetry = telemetry;
        this.retention = retention;
    }

    /**
     * Opens the configured database, or starts one.
     *
     * @throws DatabaseException when that fails; the message says why
     * @throws io.regrade.ledger.log.LogKeyException when the log's key cannot be used
     * @throws LedgerUnavailableException when nothing could be recorded; found out now, and not by the first decision
     */
    static Storage open(Config config, Map<String, String> environment, RegradeMeters meters, Clock clock) {
        NativeZstandard.problem().ifPresent(why -> {
            throw new LedgerUnavailableException(why);
        });
        Path data = config.data().directory();
        Counter restarts =
                meters.counter(RegradeMeters.DATABASE_RESTARTS, "How often the own PostgreSQL was started again");
        EmbeddedPostgres embedded =
                config.database().isEmbedded() ? EmbeddedPostgres.start(data, restarts::increment) : null;
        Database database = null;
        try {
            LogKey key = LogKey.open(config.logKey(), config.audit().origin(), environment);
            database = Database.open(
                    embedded == null ? address(config.database()) : embedded.address(),
                    config.database().pool());
            key = rotated(key, database, config, environment, clock);
            PgLedger ledger = PgLedger.open(
                    database::dedicated,
                    database::pooled,
                    config.database().pool(),
                    key,
                    meters,
                    clock,
                    new PgLedger.Settings(
                            config.recommendations().expiry(),
                            config.notifications().always()));
            PgTelemetry telemetry =
                    new PgTelemetry(database::dedicated, database::pooled, settings(config.telemetry()), clock);
            telemetry.start();
            RetentionJob retention =
                    RetentionJob.start(ledger, config.retention().months());
            return new Storage(embedded, database, ledger, telemetry, retention);
        } catch (RuntimeException e) {
            close(database, embedded);
            throw e;
        }
    }

    /** Passes the log on to the key that was prepared for it, if there is one. */
    private static LogKey rotated(
            LogKey key, Database database, Config config, Map<String, String> environment, Clock clock) {
        Optional<LogKey> next = environment.containsKey(LogKey.VARIABLE)
                ? Optional.empty()
                : LogKey.next(config.logKey(), config.audit().origin());
        if (next.isEmpty()) {
            return key;
        }
        KeyHandover.pass(database::dedicated, key, next.get(), clock);
        LogKey.promote(config.logKey());
        return next.get();
    }

    private static DatabaseAddress address(DatabaseConfig config) {
        Path file = config.passwordFile();
        try {
            String password = file == null
                    ? config.password()
                    : Files.readString(file, UTF_8).strip();
            return new DatabaseAddress(config.url(), config.user(), password);
        } catch (IOException e) {
            throw new DatabaseException("`password_file` of `database` cannot be read: " + file, e);
        }
    }

    PgLedger ledger() {
        return ledger;
    }

    private static TelemetrySettings settings(TelemetryConfig config) {
        return new TelemetrySettings(config.lateHours(), config.quietMinutes(), config.keepDays());
    }

    PgTelemetry telemetry() {
        return telemetry;
    }

    /** Why nothing can be recorded now; empty when all is well. */
    Optional<String> problem() {
        return ledger.problem().or(database::problem);
    }

    private static void close(@Nullable Database database, @Nullable EmbeddedPostgres embedded) {
        if (database != null) {
            database.close();
        }
        if (embedded != null) {
            embedded.close();
        }
    }

    @Override
    public void close() {
        retention.close();
        telemetry.close();
        ledger.close();
        close(database, embedded);
    }
}
