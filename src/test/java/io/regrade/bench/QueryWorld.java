package io.regrade.bench;

import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.db.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A PostgreSQL with a database of so many decisions, and a server over it. What was made once below a directory stays. */
final class QueryWorld implements AutoCloseable {

    private static final int TARGETS = 2000;

    private final EmbeddedPostgres postgres;
    private final ServerFork server;
    private final DatabaseAddress database;

    private QueryWorld(EmbeddedPostgres postgres, ServerFork server, DatabaseAddress database) {
        this.postgres = postgres;
        this.server = server;
        this.database = database;
    }

    /**
     * Opens it, and makes what is not there.
     *
     * @param rows how many decisions, roughly
     * @param machines about how many machines
     */
    static QueryWorld open(Path directory, long rows, int machines)
            throws IOException, InterruptedException, SQLException {
        Files.createDirectories(directory);
        EmbeddedPostgres postgres = EmbeddedPostgres.start(directory);
        try {
            String name = "decisions_" + rows;
            DatabaseAddress address = postgres.address();
            DatabaseAddress database = new DatabaseAddress(
                    address.url().replaceFirst("/postgres$", "/" + name), address.user(), address.password());
            boolean made = exists(address, name);
            if (!made) {
                TestPostgres.execute(address, "create database " + name);
            }
            Path data = Files.createDirectories(directory.resolve(name));
            ServerFork server = ServerFork.regrade(data, database, List.of());
            if (!made) {
                ManyDecisions.fill(server.address(), database, World.of(TARGETS, machines, 11), rows);
            }
            return new QueryWorld(postgres, server, database);
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private static boolean exists(DatabaseAddress address, String name) throws SQLException {
        try (Connection connection = TestPostgres.connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1 from pg_database where datname = '" + name + "'")) {
            return row.next();
        }
    }

    /** Where the server is. */
    URI server() {
        return server.address();
    }

    /** A connection to its database. */
    Connection connect() throws SQLException {
        return TestPostgres.connect(database);
    }

    @Override
    public void close() {
        server.close();
        postgres.close();
    }
}
