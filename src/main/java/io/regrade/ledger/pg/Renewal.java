package io.regrade.ledger.pg;

import io.regrade.ledger.DaemonThread;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes outdated dictionaries out of use: what is packed with them is packed anew, a few rows at a time on a thread of its
 * own, beside what is recorded; then they are deleted. What a body says does not change. It ends when none is left. Of several
 * servers at one database, one does it at a time.
 */
final class Renewal implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);
    private static final long AGAIN_SECONDS = 30;
    /** Any number that nobody else takes. */
    private static final long ADVISORY_LOCK = 0x72656772616466L;

    private final ConnectionSource source;
    private final Dictionaries dictionaries;
    private final Repacking repacking;
    private final ScheduledExecutorService thread = DaemonThread.named("regrade-renewal");

    Renewal(ConnectionSource source, Dictionaries dictionaries, Bodies bodies) {
        this.source = source;
        this.dictionaries = dictionaries;
        this.repacking = new Repacking(bodies, new Terms());
    }

    void start() {
        thread.scheduleWithFixedDelay(this::look, 0, AGAIN_SECONDS, TimeUnit.SECONDS);
    }

    private void look() {
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            if (run(connection)) {
                thread.shutdown();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("what is packed with outdated dictionaries could not be packed anew: {}", e.getMessage());
        }
    }

    /** Whether no outdated dictionary is left. */
    private boolean run(Connection connection) throws SQLException {
        if (!isAnyLeft(connection)) {
            return true;
        }
        if (!isAlone(connection)) {
            return false;
        }
        long renewed = 0;
        for (PackedTable table : repacking.tables()) {
            table.begin();
            int done;
            do {
                done = table.renewSome(connection);
                renewed += done;
                connection.commit();
                dictionaries.learn(connection);
                repacking.run(connection);
            } while (done > 0 && !thread.isShutdown());
        }
        LOG.info("{} bodies that were packed with outdated dictionaries were packed anew", renewed);
        return delete(connection);
    }

    private static boolean isAnyLeft(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select exists (select from dictionary where outdated)")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Whether no other server does it now; it ends with the connection. */
    private static boolean isAlone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = 0"); // a table may be long
            try (ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + ADVISORY_LOCK + ")")) {
                row.next();
                boolean alone = row.getBoolean(1);
                connection.commit();
                return alone;
            }
        }
    }

    /** Deletes those that nothing is packed with any more; whether that was all. */
    private boolean delete(Connection connection) throws SQLException {
        StringBuilder unused = new StringBuilder("delete from dictionary d where outdated");
        for (PackedTable table : repacking.tables()) {
            unused.append(" and not exists (select from ")
                    .append(table.name())
                    .append(" where dictionary = d.id and body is not null)");
        }
        try (PreparedStatement delete = connection.prepareStatement(unused.toString())) {
            LOG.info("{} outdated dictionaries were deleted", delete.executeUpdate());
        }
        connection.commit();
        return !isAnyLeft(connection);
    }

    @Override
    public void close() {
        DaemonThread.end(thread);
    }
}
