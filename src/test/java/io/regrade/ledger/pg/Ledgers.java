package io.regrade.ledger.pg;

import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.log.LogKey;
import io.regrade.metrics.RegradeMeters;
import io.regrade.tlog.SigningKey;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Ledgers for tests. */
public final class Ledgers {

    private static final LogKey KEY = LogKey.of(SigningKey.generate("regrade.test/log", new SecureRandom()));

    private Ledgers() {}

    /** A ledger in a database that has its tables; all of a test run have one key. */
    public static PgLedger open(DatabaseAddress address, RegradeMeters meters) {
        return open(address, meters, Clock.systemUTC());
    }

    /** A ledger over these connections. */
    public static PgLedger open(ConnectionSource source, RegradeMeters meters) {
        return open(source, meters, Clock.systemUTC());
    }

    static PgLedger open(DatabaseAddress address, RegradeMeters meters, Clock clock) {
        return PgLedger.open(
                () -> TestPostgres.connect(address), () -> TestPostgres.pooled(address), 4, KEY, meters, clock);
    }

    static PgLedger open(ConnectionSource source, RegradeMeters meters, Clock clock) {
        return PgLedger.open(source, source, 4, KEY, meters, clock);
    }

    /** Makes the partitions of a month. */
    public static void month(Connection connection, LocalDate month) throws SQLException {
        new Partitions().ensure(connection, month);
    }

    /** The plan of a page of a list, as it was run. */
    public static List<String> plan(Connection connection, Decisions.Query query) throws SQLException {
        DecisionQuery statement = DecisionQuery.of(connection, new Terms(), query);
        String explain = "explain (analyze, buffers, costs off) ";
        connection.setAutoCommit(false);
        try {
            if (!statement.isDirect()) {
                if (lines(statement.newest(connection, "")).size() > query.limit()) {
                    return lines(statement.newest(connection, explain));
                }
                DecisionReader.gather(connection);
            }
            return lines(statement.whole(connection, explain));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    private static List<String> lines(PreparedStatement statement) throws SQLException {
        List<String> lines = new ArrayList<>();
        try (statement;
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                lines.add(row.getString(1));
            }
        }
        return lines;
    }

    /** The cursor for what comes after a place in the list. */
    public static String cursor(Instant decidedAt, long seq) {
        return new DecisionQuery.Place(decidedAt, seq).cursor();
    }
}
