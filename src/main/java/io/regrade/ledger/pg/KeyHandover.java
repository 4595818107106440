package io.regrade.ledger.pg;

import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.log.KeyRotation;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.log.LogKeyException;
import io.regrade.ledger.log.TreeEdge;
import io.regrade.ledger.pg.LogTables.Head;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Passes the log in a database on to another key, in one transaction. */
public final class KeyHandover {

    private KeyHandover() {}

    /**
     * Appends the leaf that says so, signed with the old key, and signs the log with the new one from there on. Done
     * already, it does nothing: so it may be repeated after a crash, and by each of several servers.
     *
     * @throws LogKeyException when the log is signed with neither key
     * @throws LedgerUnavailableException when the database cannot be used, or the log in it is damaged
     */
    public static void pass(ConnectionSource source, LogKey from, LogKey to, Clock clock) {
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            byte[] empty = TreeEdge.EMPTY.root();
            LogTables.begin(connection, empty, from.checkpoint(0, empty), from.vkey(), now);
            Head head = LogTables.lock(connection).orElseThrow(() -> new SQLException("the log has no head"));
            if (head.vkey().equals(to.vkey())) {
                connection.rollback();
                return;
            }
            if (!head.vkey().equals(from.vkey())) {
                throw new LogKeyException("the log in the database is signed with `" + head.vkey()
                        + "`, and cannot be passed on by `" + from.vkey() + "`");
            }
            LoneLeaf.append(connection, head, KeyRotation.leaf(now, from.signingKey(), to.signingKey()), to, now);
            sign(connection, to);
            connection.commit();
        } catch (SQLException e) {
            throw new LedgerUnavailableException(
                    "the log could not be passed on to its next key: " + e.getMessage(), e);
        }
    }

    private static void sign(Connection connection, LogKey to) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("update log_head set vkey = ?")) {
            update.setString(1, to.vkey());
            update.executeUpdate();
        }
    }
}
