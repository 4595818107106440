package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** What it means that the database does not do as it is told (SQLSTATE, PostgreSQL appendix A). */
final class Outage {

    private static final String DISK_FULL = "53100";
    private static final String NOT_ALLOWED = "42501";
    /** 16 MiB in rows that are stored as they are: as much as a segment of the write-ahead log. */
    private static final String FILL = "create temporary table regrade_room on commit drop as"
            + " select repeat('x', 1900) as body from generate_series(1, 8192)";

    private Outage() {}

    /** Whether the database cannot be reached, is going down or coming up: trying again may help. */
    static boolean isAway(SQLException e) {
        String state = state(e);
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("57P")
                        || state.startsWith("40")
                        || state.equals("55P03")
                        || state.equals("53300"));
    }

    /** Whether there is no room left: trying again helps only once somebody made some. */
    static boolean isFull(SQLException e) {
        return DISK_FULL.equals(state(e));
    }

    /** The reason for whoever is refused. */
    static String reason(SQLException e) {
        return isFull(e)
                ? "the ledger's disk is full"
                : isAway(e) ? "the ledger's database is away" : "the ledger's database refused the record";
    }

    /**
     * Writes something, and takes it back: a full disk lets small changes through where a page has room, so that only one
     * of some size shows that there is some again.
     *
     * @throws SQLException when the database does not take it
     */
    static void lookForRoom(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(FILL);
        } catch (SQLException e) {
            if (!NOT_ALLOWED.equals(state(e))) {
                throw e;
            }
        }
        connection.rollback();
    }

    private static @Nullable String state(SQLException e) {
        return e.getSQLState();
    }
}
