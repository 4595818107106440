package io.regrade.ledger.pg;

import io.regrade.ledger.Cursors;
import io.regrade.ledger.Draft;
import io.regrade.ledger.Draft.State;
import io.regrade.ledger.Draft.Step;
import io.regrade.ledger.Drafts.Query;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Reads drafts. Stateless, thread-safe; every method works in the caller's transaction. */
final class DraftRows {

    private static final char LIST = 'p';
    private static final String COLUMNS =
            "id, policy, state, digest, base, manifest, author, created_at, changed_at, version";

    private DraftRows() {}

    /** One with its history; locked until the transaction ends when it is to be changed. */
    static Optional<Draft> byId(Connection connection, UUID id, boolean lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from draft where id = ?" + (lock ? " for update" : ""))) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row, history(connection, id))) : Optional.empty();
            }
        }
    }

    private static List<Step> history(Connection connection, UUID id) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select what, by, at, digest, outcome, comment from draft_event where draft = ? order by seq")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    steps.add(new Step(
                            row.getString(1),
                            row.getString(2),
                            row.getTimestamp(3).toInstant(),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6)));
                }
            }
        }
        return steps;
    }

    /** A page, newest first. */
    static Page<Draft> list(Connection connection, Query query) throws SQLException {
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " from draft where true");
        List<Object> values = new ArrayList<>();
        String policy = query.policy();
        if (policy != null) {
            sql.append(" and policy = ?");
            values.add(policy);
        }
        State state = query.state();
        if (state != null) {
            sql.append(" and state = ?");
            values.add(state.key());
        }
        String cursor = query.cursor();
        if (cursor != null) {
            place(sql, values, cursor);
        }
        sql.append(" order by created_at desc, id desc limit ").append(query.limit() + 1);
        List<Draft> items = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (items.size() == query.limit()) {
                        Draft last = items.get(items.size() - 1);
                        return new Page<>(items, Cursors.of(LIST, last.createdAt() + "/" + last.id()));
                    }
                    items.add(read(row, List.of()));
                }
            }
        }
        return new Page<>(items, null);
    }

    private static void place(StringBuilder sql, List<Object> values, String cursor) {
        String key = Cursors.key(LIST, cursor);
        int slash = Math.max(0, key.indexOf('/'));
        try {
            values.add(Timestamp.from(Instant.parse(key.substring(0, slash))));
            values.add(Encoder.uuid(key.substring(slash + 1)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new InvalidCursorException(cursor);
        }
        sql.append(" and (created_at, id) < (?, ?)");
    }

    private static Draft read(ResultSet row, List<Step> history) throws SQLException {
        return new Draft(
                Encoder.id(row.getObject(1, UUID.class)),
                row.getString(2),
                State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getString(7),
                row.getTimestamp(8).toInstant(),
                row.getTimestamp(9).toInstant(),
                row.getLong(10),
                history);
    }
}
