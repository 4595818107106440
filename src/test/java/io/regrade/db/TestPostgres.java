package io.regrade.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.regrade.db.embedded.EmbeddedPostgres;
import io.regrade.db.embedded.SharedPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One PostgreSQL for all tests of a JVM, and databases in it: a new one for who asks, in which nothing is yet. */
public final class TestPostgres {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Map<DatabaseAddress, HikariDataSource> POOLS = new ConcurrentHashMap<>();

    private TestPostgres() {}

    /** Started when the first test asks. */
    private static final class Shared {
        static final EmbeddedPostgres SERVER = start();

        private static EmbeddedPostgres start() {
            try {
                Path home = Files.createTempDirectory("regrade-test-postgres");
                Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
                EmbeddedPostgres server = EmbeddedPostgres.start(SharedPrograms.in(home));
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    POOLS.values().forEach(HikariDataSource::close);
                    server.close();
                    remove(home);
                }));
                // Nothing here outlives the JVM. On a slow disk, the last checkpoint of all these databases would
                // otherwise hold up the end of the JVM until Surefire, after 30 s, kills it.
                execute(server.address(), "alter system set fsync = off");
                execute(server.address(), "select pg_reload_conf()");
                execute(server.address(), "create database migrated");
                Database.open(named(server.address(), "migrated"), 1).close();
                return server;
            } catch (IOException | SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private static void remove(Path home) {
            try (Stream<Path> tree = Files.walk(home)) {
                tree.sorted(Comparator.reverseOrder())
                        .forEach(path -> path.toFile().delete());
            } catch (IOException e) {
                System.err.println("left behind: " + home);
            }
        }
    }

    /** A new database with this program's tables. */
    public static DatabaseAddress freshDatabase() {
        return made(" template migrated");
    }

    /** A new database without tables. */
    public static DatabaseAddress unmigrated() {
        return made("");
    }

    private static DatabaseAddress made(String template) {
        String name = "test" + COUNT.incrementAndGet();
        try {
            execute(Shared.SERVER.address(), "create database " + name + template);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return named(Shared.SERVER.address(), name);
    }

    private static DatabaseAddress named(DatabaseAddress address, String name) {
        return new DatabaseAddress(
                address.url().replaceFirst("/postgres$", "/" + name), address.user(), address.password());
    }

    /** A connection of one's own. */
    public static Connection connect(DatabaseAddress address) throws SQLException {
        return DriverManager.getConnection(address.url(), address.user(), address.password());
    }

    /** A connection of a few that are kept for all who ask for this database; closing it gives it back. */
    public static Connection pooled(DatabaseAddress address) throws SQLException {
        return POOLS.computeIfAbsent(address, TestPostgres::pool).getConnection();
    }

    private static HikariDataSource pool(DatabaseAddress address) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(address.url());
        config.setUsername(address.user());
        config.setPassword(address.password());
        config.setMaximumPoolSize(6);
        config.setMinimumIdle(0);
        config.setIdleTimeout(TimeUnit.SECONDS.toMillis(10));
        return new HikariDataSource(config);
    }

    /** Runs a statement. */
    public static void execute(DatabaseAddress address, String sql) throws SQLException {
        try (Connection connection = connect(address);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
