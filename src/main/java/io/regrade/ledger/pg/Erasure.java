package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.ledger.log.Commitments;
import io.regrade.ledger.log.Leaf;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Erases what is stored of one machine's decisions, with the salts, so that its leaves commit to nothing any more. */
final class Erasure implements Work.Step {

    private final String vm;
    private final String by;
    private final String reason;
    private final Instant at;
    private volatile @Nullable Integer erased;

    Erasure(String vm, String by, String reason, Instant at) {
        this.vm = vm;
        this.by = by;
        this.reason = reason;
        this.at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /** How many decisions were erased; empty when nothing is known of such a machine. */
    Optional<Integer> erased() {
        return Optional.ofNullable(erased);
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        if (!isKnown(connection)) {
            return List.of();
        }
        int id = record(connection);
        List<Long> indexes = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                        "select seq, decided_at, facts from decision where vm = ? and body is not null"
                                + " order by seq for update");
                PreparedStatement delete =
                        connection.prepareStatement("delete from facts where month = ? and digest = ?")) {
            select.setString(1, vm);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    indexes.add(row.getLong(1));
                    delete.setObject(1, Partitions.month(row.getTimestamp(2).toInstant()));
                    delete.setBytes(2, row.getBytes(3));
                    delete.addBatch();
                }
            }
            delete.executeBatch();
        }
        try (PreparedStatement update = connection.prepareStatement(
                "update decision set body = null, salt = null,"
                        + " owner = null, target = null, saving = null, rules = '{}', facts = '', erased = ? where vm = ? and body is not null")) {
            update.setInt(1, id);
            update.setString(2, vm);
            update.executeUpdate();
        }
        try (PreparedStatement planned = connection.prepareStatement("delete from plan_vm where vm = ?")) {
            planned.setString(1, vm);
            planned.executeUpdate();
        }
        eraseExecutions(connection);
        for (String table : List.of("telemetry_chunk", "telemetry_day")) {
            try (PreparedStatement measured = connection.prepareStatement(
                    "delete from " + table + " where vm = (select id from telemetry_vm where name = ?)")) {
                measured.setString(1, vm);
                measured.executeUpdate();
            }
        }
        eraseOffers(connection);
        eraseUsage(connection);
        erased = indexes.size();
        eraseAdvice(connection, id);
        String hidden = Commitments.commitment(Commitments.salt(new SecureRandom()), vm.getBytes(UTF_8));
        return Leaf.erasure(at, hidden, indexes, by, reason).stream()
                .map(Leaf::entry)
                .toList();
    }

    /**
     * Erases what recommendations tell and what people wrote about them. One that lives is closed: nobody can carry out
     * what is not there any more. A dismissal ends with it.
     */
    private void eraseAdvice(Connection connection, int id) throws SQLException {
        try (PreparedStatement closed =
                        connection.prepareStatement("insert into recommendation_event (recommendation, at, what, by)"
                                + " select id, ?, 'erased', ? from recommendation where vm = ? and erased is null");
                PreparedStatement events = connection.prepareStatement(
                        "update recommendation_event e set reason = null, salt = null from recommendation r"
                                + " where r.id = e.recommendation and r.vm = ?");
                PreparedStatement advice = connection.prepareStatement(
                        "update recommendation set target = null, owner = null, cloud = null, saving = null, outcome = '',"
                                + " body = null, reason = null, version = version + 1, erased = ?,"
                                + " noticed = case when state = 'dismissed' then (select size from log_head) else noticed end,"
                                + " state = case when state in ('open', 'snoozed', 'approved') then 'superseded' else state end"
                                + " where vm = ? and erased is null")) {
            closed.setTimestamp(1, Timestamp.from(at));
            closed.setString(2, by);
            closed.setString(3, vm);
            closed.executeUpdate();
            events.setString(1, vm);
            events.executeUpdate();
            advice.setInt(1, id);
            advice.setString(2, vm);
            advice.executeUpdate();
        }
    }

    /** Erases what executions tell; of one that is under way, what it is to do stays until it is over. */
    private void eraseExecutions(Connection connection) throws SQLException {
        try (PreparedStatement steps = connection.prepareStatement(
                        "update execution_step s set detail = null, salt = null from execution x"
                                + " where x.id = s.execution and x.vm = ?");
                PreparedStatement tasks = connection.prepareStatement("update execution set erased = true,"
                        + " problem = case when finished_at is null then problem end,"
                        + " mark = case when finished_at is null then mark else '' end,"
                        + " task = case when finished_at is null then task end where vm = ?")) {
            steps.setString(1, vm);
            steps.executeUpdate();
            tasks.setString(1, vm);
            tasks.executeUpdate();
        }
        try (PreparedStatement outcomes = connection.prepareStatement("delete from outcome where vm = ?")) {
            outcomes.setString(1, vm);
            outcomes.executeUpdate();
        }
        try (PreparedStatement made =
                connection.prepareStatement("update instantiation set body = '{}', salt = null where vm = ?")) {
            made.setString(1, vm);
            made.executeUpdate();
        }
    }

    /**
     * Erases what offers say of it, with what their leaves commit to, and what is still to be told of them. What somebody
     * wanted for this machine counts no more, here and on other servers.
     */
    private void eraseOffers(Connection connection) throws SQLException {
        String of = " where %s in (select offer from offer_item where vm = ?)";
        for (String sql : new String[] {
            "update offer_event set reason = null, salt = null" + of.formatted("offer"),
            "update offer set salt = null, reason = null, version = version + 1, noticed = case when counter is null then noticed"
                    + " else (select size from log_head) end" + of.formatted("id"),
            "update notification set data = null, state = case when state = 'waiting' then 'dead' else state end"
                    + of.formatted("offer"),
            "update offer_item set body = null where vm = ?"
        }) {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, vm);
                update.executeUpdate();
            }
        }
    }

    /** Erases how long it was held as what; of a machine that is held, its next change begins anew. */
    private void eraseUsage(Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from usage_record where vm = ?")) {
            delete.setString(1, vm);
            delete.executeUpdate();
        }
    }

    /** Whether it was decided about, advised on or erased before, or is held. */
    private boolean isKnown(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select exists (select from decision where vm = ?)"
                + " or exists (select from recommendation where vm = ?) or exists (select from erasure where vm = ?)"
                + " or exists (select from inventory_vm where id = ? and body is not null)")) {
            for (int i = 1; i <= 4; i++) {
                select.setString(i, vm);
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }

    private int record(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into erasure (vm, by, reason, at) values (?, ?, ?, ?) returning id")) {
            insert.setString(1, vm);
            insert.setString(2, by);
            insert.setString(3, reason);
            insert.setTimestamp(4, Timestamp.from(at));
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }
}
