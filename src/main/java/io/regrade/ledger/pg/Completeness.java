package io.regrade.ledger.pg;

import io.regrade.ledger.LedgerUnavailableException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether each decision that the log tells of is still stored, or was dropped because of its age: the log's leaves outlast
 * rows that somebody deleted from the database. Thread-safe.
 */
final class Completeness {

    private static final Logger LOG = LoggerFactory.getLogger(Completeness.class);

    private final ConnectionSource source;
    private volatile long missing;

    Completeness(ConnectionSource source) {
        this.source = source;
    }

    /**
     * Counts. It reads all rows of decisions, but not their bodies.
     *
     * @throws LedgerUnavailableException when the database does not answer
     */
    void count() {
        try (Connection connection = source.open()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            missing = missing(connection);
        } catch (SQLException e) {
            throw new LedgerUnavailableException(Outage.reason(e), e);
        }
        if (missing != 0) {
            LOG.error(
                    "the log tells of {} decisions more than are stored or were dropped because of their age. Maybe rows of"
                            + " the table `decision` were deleted",
                    missing);
        }
    }

    private static long missing(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local statement_timeout = 0"); // there may be many
            try (ResultSet row = statement.executeQuery("select h.decisions - (select count(*) from decision)"
                    + " - (select count(*) from dropped d where not exists (select from decision s where s.id = d.id))"
                    + " from log_head h")) {
                long missing = row.next() ? row.getLong(1) : 0;
                connection.commit();
                return missing;
            }
        }
    }

    /** How many decisions were missing when they were counted last. */
    long missing() {
        return missing;
    }
}
