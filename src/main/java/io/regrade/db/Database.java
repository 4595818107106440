package io.regrade.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL database whose tables are those of this program. Thread-safe. When it is away, everything fails within
 * seconds; when it comes back, everything works again.
 */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int LEAST_VERSION = 15;
    private static final int CONNECT_SECONDS = 2;
    private static final int SOCKET_SECONDS = 60;
    private static final int STATEMENT_MILLIS = 30_000;
    private static final int LOCK_MILLIS = 20_000;
    private static final long POOL_WAIT_MILLIS = 3000;
    private static final int CHECK_SECONDS = 1;

    private final DatabaseAddress address;
    private final HikariDataSource pool;
    private final ScheduledExecutorService checks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "regrade-database-check");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Optional<String> problem = Optional.empty();
    /** Used by the thread of the checks. */
    private @Nullable Connection asking;

    private Database(DatabaseAddress address, HikariDataSource pool) {
        this.address = address;
        this.pool = pool;
        checks.scheduleWithFixedDelay(() -> problem = asked(), CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Connects, and brings the tables to the state that this program knows.
     *
     * @param poolSize the most connections for short work
     * @throws DatabaseException when it does not answer, is too old, or its tables are not Regrade's
     */
    public static Database open(DatabaseAddress address, int poolSize) {
        return open(address, poolSize, "classpath:db/migration");
    }

    static Database open(DatabaseAddress address, int poolSize, String migrations) {
        checkServer(address);
        migrate(address, migrations);
        HikariConfig config = new HikariConfig();
        config.setPoolName("regrade-database");
        config.setJdbcUrl(address.url());
        config.setDataSourceProperties(properties(address, STATEMENT_MILLIS));
        config.setMaximumPoolSize(poolSize);
        config.setMinimumIdle(1);
        config.setConnectionTimeout(POOL_WAIT_MILLIS);
        config.setValidationTimeout(CHECK_SECONDS * 1000L);
        config.setInitializationFailTimeout(-1);
        return new Database(address, new HikariDataSource(config));
    }

    private static Properties properties(DatabaseAddress address, int statementMillis) {
        Properties properties = new Properties();
        properties.setProperty("user", address.user());
        properties.setProperty("password", address.password());
        properties.setProperty("ApplicationName", "regrade");
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("loginTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(SOCKET_SECONDS));
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty(
                "options",
                "-c timezone=UTC -c statement_timeout=" + statementMillis + " -c lock_timeout=" + LOCK_MILLIS);
        return properties;
    }

    private static void checkServer(DatabaseAddress address) {
        try (Connection connection =
                DriverManager.getConnection(address.url(), properties(address, STATEMENT_MILLIS))) {
            int version = connection.getMetaData().getDatabaseMajorVersion();
            if (version < LEAST_VERSION) {
                throw new DatabaseException("the database at " + address.shown() + " is PostgreSQL " + version
                        + ", which is too old. Maybe move to PostgreSQL " + LEAST_VERSION + " or later");
            }
        } catch (SQLException e) {
            throw new DatabaseException(reason(address, e), e);
        }
    }

    private static String reason(DatabaseAddress address, SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return switch (state) {
            case "28P01", "28000" ->
                "the database at " + address.shown() + " does not let `" + address.user()
                        + "` in. Maybe `user`, `password` or `password_file` of `database` is wrong";
            case "3D000" -> "there is no database at " + address.shown() + ". Maybe make it with `createdb`";
            case "08001" ->
                "no database answers at " + address.shown()
                        + ". Maybe it is not started, or `url` of `database` is wrong";
            default -> "the database at " + address.shown() + " cannot be used: " + e.getMessage();
        };
    }

    private static void migrate(DatabaseAddress address, String migrations) {
        Flyway flyway = Flyway.configure()
                .dataSource(address.url(), address.user(), address.password())
                .locations(migrations)
                .failOnMissingLocations(true)
                .validateMigrationNaming(true)
                .load();
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseException(
                    "the tables at " + address.shown() + " are not as this program left them: "
                            + String.valueOf(e.getMessage()).strip()
                            + ". Maybe restore a backup, or use an empty database",
                    e);
        }
        for (var known : flyway.info().all()) {
            if (known.getState().isApplied() && !known.getState().isResolved()) {
                throw new DatabaseException("the tables at " + address.shown() + " are of a newer Regrade: migration "
                        + known.getVersion() + " is not known here. Maybe start the newer program");
            }
        }
    }

    /** A connection of the pool, for short work; closing it gives it back. */
    public Connection pooled() throws SQLException {
        return pool.getConnection();
    }

    /** A connection of one's own, for work that lasts. */
    public Connection dedicated() throws SQLException {
        return DriverManager.getConnection(address.url(), properties(address, STATEMENT_MILLIS));
    }

    /** Why it cannot be used now; empty when it answers. It is asked every second; this never waits. */
    public Optional<String> problem() {
        return problem;
    }

    /**
     * Asks on a connection that is kept for it, as connecting anew each second would cost more than the answer; on a new one
     * when that one has broken.
     */
    private Optional<String> asked() {
        if (isAnswering(asking)) {
            return pooledAgain();
        }
        stopAsking();
        try {
            asking = DriverManager.getConnection(address.url(), askingProperties());
        } catch (SQLException e) {
            return Optional.of("the database at " + address.shown() + " is away");
        }
        return isAnswering(asking) ? pooledAgain() : Optional.of("the database does not answer");
    }

    private static boolean isAnswering(@Nullable Connection connection) {
        try {
            return connection != null && connection.isValid(CHECK_SECONDS);
        } catch (SQLException e) {
            return false;
        }
    }

    private Properties askingProperties() {
        Properties properties = properties(address, CHECK_SECONDS * 1000);
        properties.setProperty("connectTimeout", "1");
        properties.setProperty("socketTimeout", "1");
        return properties;
    }

    private void stopAsking() {
        Connection open = asking;
        asking = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.debug("the connection was gone: {}", e.getMessage());
            }
        }
    }

    /** After an outage the pool takes its time to connect again: until then nobody can read. */
    private Optional<String> pooledAgain() {
        if (pool.getHikariPoolMXBean().getTotalConnections() > 0) {
            return Optional.empty();
        }
        try (Connection connection = pool.getConnection()) {
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of("the database at " + address.shown() + " was away, it is being connected to again");
        }
    }

    @Override
    public void close() {
        checks.execute(this::stopAsking);
        checks.shutdown();
        pool.close();
    }
}
