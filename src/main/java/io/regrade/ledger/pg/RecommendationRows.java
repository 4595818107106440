package io.regrade.ledger.pg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Action;
import io.regrade.ledger.Cursors;
import io.regrade.ledger.InvalidCursorException;
import io.regrade.ledger.Page;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendation.Step;
import io.regrade.ledger.Recommendations.Query;
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
import org.jspecify.annotations.Nullable;

/** Reads recommendations. Stateless, thread-safe; every method works in the caller's transaction. */
final class RecommendationRows {

    private static final char LIST = 'r';
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String COLUMNS = "id, vm, state, action, target, owner, cloud, saving, body, decision,"
            + " decided_at, opened_at, confirmed_at, confirmations, until, by, reason, superseded_by, version, erased";

    private RecommendationRows() {}

    /** One with its history; locked until the transaction ends when it is to be changed. */
    static Optional<Recommendation> byId(Connection connection, UUID id, boolean lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from recommendation where id = ?" + (lock ? " for update" : ""))) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(read(row, history(connection, id))) : Optional.empty();
            }
        }
    }

    private static List<Step> history(Connection connection, UUID id) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select what, by, at, decision, reason, until"
                + " from recommendation_event where recommendation = ? order by seq")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    UUID decision = row.getObject(4, UUID.class);
                    steps.add(new Step(
                            row.getString(1),
                            row.getString(2),
                            row.getTimestamp(3).toInstant(),
                            decision == null ? null : Encoder.id(decision),
                            row.getString(5),
                            moment(row.getTimestamp(6))));
                }
            }
        }
        return steps;
    }

    /** A page, newest first. */
    static Page<Recommendation> list(Connection connection, Query query) throws SQLException {
        StringBuilder sql = new StringBuilder("select ").append(COLUMNS).append(" from recommendation where true");
        List<Object> values = new ArrayList<>();
        when(sql, values, "vm = ?", query.vm());
        State state = query.state();
        when(sql, values, "state = ?", state == null ? null : state.key());
        Action action = query.action();
        when(sql, values, "action = ?", action == null ? null : action.ordinal());
        when(sql, values, "owner = ?", query.owner());
        when(sql, values, "cloud = ?", query.cloud());
        when(sql, values, "saving >= ?", query.minSavingUsdMonth());
        String cursor = query.cursor();
        if (cursor != null) {
            place(sql, values, cursor);
        }
        sql.append(" order by opened_at desc, id desc limit ").append(query.limit() + 1);
        List<Recommendation> items = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (items.size() == query.limit()) {
                        Recommendation last = items.get(items.size() - 1);
                        return new Page<>(items, Cursors.of(LIST, last.openedAt() + "/" + last.id()));
                    }
                    items.add(read(row, List.of()));
                }
            }
        }
        return new Page<>(items, null);
    }

    private static void when(StringBuilder sql, List<Object> values, String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(condition);
            values.add(value);
        }
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
        sql.append(" and (opened_at, id) < (?, ?)");
    }

    private static Recommendation read(ResultSet row, List<Step> history) throws SQLException {
        double saving = row.getDouble("saving");
        boolean unknown = row.wasNull();
        UUID next = row.getObject("superseded_by", UUID.class);
        return new Recommendation(
                Encoder.id(row.getObject("id", UUID.class)),
                row.getString("vm"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Action.values()[row.getInt("action")],
                row.getString("target"),
                row.getString("owner"),
                row.getString("cloud"),
                unknown ? Double.NaN : saving,
                advice(row.getString("body")),
                Encoder.id(row.getObject("decision", UUID.class)),
                row.getTimestamp("decided_at").toInstant(),
                row.getTimestamp("opened_at").toInstant(),
                row.getTimestamp("confirmed_at").toInstant(),
                row.getInt("confirmations"),
                moment(row.getTimestamp("until")),
                row.getString("by"),
                row.getString("reason"),
                next == null ? null : Encoder.id(next),
                row.getLong("version"),
                row.getObject("erased") != null,
                history);
    }

    private static @Nullable ObjectNode advice(@Nullable String body) throws SQLException {
        try {
            return body == null ? null : (ObjectNode) MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored recommendation is damaged", e);
        }
    }

    static @Nullable Instant moment(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }
}
