package io.regrade.ledger.pg;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.FactJson;
import io.regrade.decision.FactReader;
import io.regrade.decision.PolicyRef;
import io.regrade.execute.JobState;
import io.regrade.execute.Order;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Basis;
import io.regrade.ledger.Execution.Kind;
import io.regrade.ledger.Execution.Step;
import io.regrade.ledger.Execution.Wish;
import io.regrade.ledger.Executions.Lease;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads executions. Stateless, thread-safe; every method works in the caller's transaction. */
final class ExecutionRows {

    static final String COLUMNS = "id, kind, state, vm, recommendation, decision, policy, policy_digest, undoes,"
            + " executor, task, asker, wish, tries, answered, mark, hold_seconds, problem, created_at, finished_at,"
            + " fence, extract(epoch from now() - since) as age, exists (select from recommendation r"
            + " where r.id = execution.recommendation and r.state = 'dismissed') as withdrawn";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ExecutionRows() {}

    /** One with its steps; locked until the transaction ends when it is to be changed. */
    static Optional<Lease> byId(Connection connection, UUID id, boolean lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from execution where id = ?" + (lock ? " for update" : ""))) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(lease(row, steps(connection, id))) : Optional.empty();
            }
        }
    }

    private static List<Step> steps(Connection connection, UUID id) throws SQLException {
        List<Step> steps = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select what, phase, tries, outcome, detail, by, at"
                + " from execution_step where execution = ? order by seq")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    steps.add(new Step(
                            row.getString(1),
                            Step.Phase.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                            row.getInt(3),
                            row.getString(4),
                            row.getString(5),
                            row.getString(6),
                            row.getTimestamp(7).toInstant()));
                }
            }
        }
        return steps;
    }

    static Lease lease(ResultSet row, List<Step> steps) throws SQLException {
        return new Lease(
                execution(row, steps),
                row.getLong("fence"),
                Duration.ofMillis((long) (row.getDouble("age") * 1000)),
                row.getBoolean("withdrawn"));
    }

    static Execution execution(ResultSet row, List<Step> steps) throws SQLException {
        String wish = row.getString("wish");
        return new Execution(
                Encoder.id(row.getObject("id", UUID.class)),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                JobState.of(row.getString("state")),
                row.getString("vm"),
                basis(row),
                id(row, "undoes"),
                row.getString("executor"),
                order(row.getString("task")),
                row.getString("asker"),
                wish == null ? null : Wish.valueOf(wish.toUpperCase(Locale.ROOT)),
                row.getInt("tries"),
                row.getBoolean("answered"),
                row.getString("mark"),
                row.getInt("hold_seconds"),
                row.getString("problem"),
                row.getTimestamp("created_at").toInstant(),
                RecommendationRows.moment(row.getTimestamp("finished_at")),
                steps);
    }

    private static @Nullable Basis basis(ResultSet row) throws SQLException {
        String recommendation = id(row, "recommendation");
        String decision = id(row, "decision");
        return recommendation == null || decision == null
                ? null
                : new Basis(
                        recommendation,
                        decision,
                        new PolicyRef(row.getString("policy"), row.getString("policy_digest")));
    }

    private static @Nullable String id(ResultSet row, String column) throws SQLException {
        UUID id = row.getObject(column, UUID.class);
        return id == null ? null : Encoder.id(id);
    }

    /** An order as it is stored. */
    static String json(Order order) {
        ObjectNode node = MAPPER.createObjectNode().put("instance", order.instance());
        node.set("before", FactJson.vm(order.before()));
        node.set("after", FactJson.vm(order.after()));
        return node.toString();
    }

    private static @Nullable Order order(@Nullable String json) throws SQLException {
        try {
            if (json == null) {
                return null;
            }
            JsonNode node = MAPPER.readTree(json);
            return new Order(
                    node.path("instance").asText(),
                    FactReader.vm(node.path("before")),
                    FactReader.vm(node.path("after")));
        } catch (JsonProcessingException e) {
            throw new SQLException("a stored execution is damaged", e);
        }
    }
}
