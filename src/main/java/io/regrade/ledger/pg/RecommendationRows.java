package io.regrade.ledger.pg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Action;
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
        State state = query.state();
        Action action = query.action();
        return new NewestFirst(LIST, COLUMNS, "recommendation", "opened_at")
                .when("vm = ?", query.vm())
                .when("state = ?", state == null ? null : state.key())
                .when("action = ?", action == null ? null : action.ordinal())
                .when("owner = ?", query.owner())
                .when("cloud = ?", query.cloud())
                .when("saving >= ?", query.minSavingUsdMonth())
                .page(
                        connection,
                        query.cursor(),
                        query.limit(),
                        row -> read(row, List.of()),
                        last -> new NewestFirst.Place(last.openedAt(), last.id()));
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
