package io.regrade.ledger.pg;

import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.log.Leaf;
import io.regrade.ledger.log.LogKey;
import io.regrade.ledger.pg.LogTables.Head;
import io.regrade.metrics.RegradeMeters;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drops what is older than it has to be kept: months of decisions with their facts, each in one transaction with a leaf
 * that says so. Of several servers at one database, one does it at a time. Thread-safe.
 */
final class Retention {

    private static final Logger LOG = LoggerFactory.getLogger(Retention.class);
    private static final Duration WRITERS_KEPT = Duration.ofDays(30);
    /** Any number that nobody else takes. */
    private static final long ADVISORY_LOCK = 0x72656772616465L;

    private final ConnectionSource source;
    private final LogKey key;
    private final RegradeMeters meters;
    private final Clock clock;

    Retention(ConnectionSource source, LogKey key, RegradeMeters meters, Clock clock) {
        this.source = source;
        this.key = key;
        this.meters = meters;
        this.clock = clock;
    }

    /**
     * Drops what is older than the given number of months before the month that it is now.
     *
     * @return how many decisions were dropped
     * @throws LedgerUnavailableException when that is not possible now; what was done by then lasts
     */
    long keepMonths(int months) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        LocalDate cutoff = Partitions.month(now).minusMonths(months);
        long dropped = 0;
        try (Connection connection = source.open()) {
            connection.setAutoCommit(false);
            if (!isAlone(connection)) {
                LOG.debug("another server sees to the retention");
                return 0;
            }
            for (LocalDate month : Partitions.all(connection)) {
                if (month.isBefore(cutoff) && !wasRecordedSince(connection, month, cutoff)) {
                    dropped += drop(connection, month, now);
                }
            }
            finished(connection, start(cutoff));
            connection.commit();
            return dropped;
        } catch (SQLException e) {
            throw new LedgerUnavailableException(Outage.reason(e), e);
        }
    }

    /** Forgets writers of servers that ended long ago. */
    void forgetWriters() {
        try (Connection connection = source.open();
                PreparedStatement delete = connection.prepareStatement("delete from log_writer where at < ?")) {
            delete.setTimestamp(1, Timestamp.from(clock.instant().minus(WRITERS_KEPT)));
            delete.executeUpdate();
        } catch (SQLException e) {
            throw new LedgerUnavailableException(Outage.reason(e), e);
        }
    }

    /** Whether no other server does it now; it ends with the connection. */
    private static boolean isAlone(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout = 0"); // a month may be long
            try (ResultSet row = statement.executeQuery("select pg_try_advisory_lock(" + ADVISORY_LOCK + ")")) {
                row.next();
                boolean alone = row.getBoolean(1);
                connection.commit();
                return alone;
            }
        }
    }

    /** A decision for a moment long ago that was made lately is not old. */
    private static boolean wasRecordedSince(Connection connection, LocalDate month, LocalDate cutoff)
            throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select exists (select from decision_" + Partitions.suffix(month) + " where recorded_at >= ?)")) {
            select.setTimestamp(1, Timestamp.from(start(cutoff)));
            try (ResultSet row = select.executeQuery()) {
                row.next();
                boolean recorded = row.getBoolean(1);
                connection.commit();
                return recorded;
            }
        }
    }

    private long drop(Connection connection, LocalDate month, Instant now) throws SQLException {
        int id = next(connection);
        long size = LogTables.head(connection)
                .orElseThrow(() -> new SQLException("the log has no head"))
                .size();
        // The ids are kept before the log is locked, day by day: nobody has to wait for that.
        for (LocalDate day = month; day.isBefore(month.plusMonths(1)); day = day.plusDays(1)) {
            keepIds(connection, id, month, "decided_at >= ? and decided_at < ?", start(day), start(day.plusDays(1)));
            connection.commit();
        }
        long decisions = dropLocked(connection, id, month, size, now);
        meters.retired(decisions);
        LOG.info("{} decisions of {} were dropped: they are older than the retention", decisions, month);
        return decisions;
    }

    private static int next(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select nextval(pg_get_serial_sequence('retention', 'id'))")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static void keepIds(Connection connection, int id, LocalDate month, String which, Instant from, Instant to)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into dropped (id, seq, retention)"
                + " select id, seq, ? from decision_" + Partitions.suffix(month) + " where " + which
                + " on conflict (id) do update set retention = excluded.retention")) {
            insert.setInt(1, id);
            insert.setTimestamp(2, Timestamp.from(from));
            insert.setTimestamp(3, Timestamp.from(to));
            insert.executeUpdate();
        }
    }

    /**
     * Drops a month, whose ids are kept up to a size of the log, and says so in the log. Readers are waited for briefly: it
     * is done the next time then.
     */
    private long dropLocked(Connection connection, int id, LocalDate month, long size, Instant now)
            throws SQLException {
        String suffix = Partitions.suffix(month);
        try (Statement statement = connection.createStatement()) {
            statement.execute("set local lock_timeout = '2s'");
            Head head = LogTables.lock(connection).orElseThrow(() -> new SQLException("the log has no head"));
            if (!head.vkey().equals(key.vkey())) {
                throw new SQLException("another server passed the log on to another key");
            }
            statement.execute("insert into dropped (id, seq, retention) select id, seq, " + id + " from decision_"
                    + suffix + " where seq >= " + size
                    + " on conflict (id) do update set retention = excluded.retention");
            long decisions = count(statement, "select count(*) from decision_" + suffix);
            statement.execute("drop table decision_" + suffix);
            statement.execute("drop table if exists facts_" + suffix);
            statement.execute("with gone as (delete from content_month where month = '" + month
                    + "' returning digest) delete from content c using gone where c.digest = gone.digest and not exists"
                    + " (select from content_month m where m.digest = gone.digest and m.month <> '" + month + "')");
            statement.execute("update log_head set retentions = retentions + 1");
            record(connection, id, month, decisions, now);
            LoneLeaf.append(connection, head, Leaf.retention(now, start(month.plusMonths(1)), decisions), key, now);
            connection.commit();
            return decisions;
        } catch (SQLException e) {
            connection.rollback();
            throw e;
        }
    }

    private static long count(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void record(Connection connection, int id, LocalDate month, long decisions, Instant at)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into retention (id, month, decisions, at) values (?, ?, ?, ?)")) {
            insert.setInt(1, id);
            insert.setObject(2, month);
            insert.setLong(3, decisions);
            insert.setTimestamp(4, Timestamp.from(at));
            insert.executeUpdate();
        }
    }

    /** Evaluations and advice that came to an end before the oldest decision that is kept lead to nothing any more. */
    private static void finished(Connection connection, Instant before) throws SQLException {
        String advice = " from recommendation r where (r.state in ('superseded', 'expired', 'executed')"
                + " and r.confirmed_at < ?) or (r.state = 'dismissed' and r.until < ?)";
        try (PreparedStatement evaluations = connection.prepareStatement(
                        "delete from evaluation where state <> 'running' and finished_at < ?");
                PreparedStatement events = connection.prepareStatement(
                        "delete from recommendation_event where recommendation in (select r.id" + advice + ")");
                PreparedStatement recommendations = connection.prepareStatement(
                        "delete from recommendation where id in (select r.id" + advice + ")")) {
            Timestamp at = Timestamp.from(before);
            evaluations.setTimestamp(1, at);
            evaluations.executeUpdate();
            events.setTimestamp(1, at);
            events.setTimestamp(2, at);
            events.executeUpdate();
            recommendations.setTimestamp(1, at);
            recommendations.setTimestamp(2, at);
            recommendations.executeUpdate();
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
