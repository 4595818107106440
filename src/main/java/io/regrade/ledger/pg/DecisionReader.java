package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import io.regrade.ledger.Decisions.Query;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Page;
import io.regrade.ledger.pg.Bodies.Body;
import io.regrade.ledger.pg.DecisionQuery.Place;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads decisions. Thread-safe; every method works in the caller's transaction. */
final class DecisionReader {

    /** What {@link #json} reads. */
    static final String COLUMNS = "id, vm, action, policy, facts, dictionary, body, erased";

    private final Terms terms;
    private final Bodies bodies;

    DecisionReader(Terms terms, Bodies bodies) {
        this.terms = terms;
        this.bodies = bodies;
    }

    Optional<ObjectNode> byId(Connection connection, UUID id, Detail detail) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select decided_at, seq, " + COLUMNS + " from decision where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Optional.of(json(connection, row, detail)) : Optional.empty();
            }
        }
    }

    Page<ObjectNode> list(Connection connection, Query query) throws SQLException {
        DecisionQuery statement = DecisionQuery.of(connection, terms, query);
        if (statement.findsNothing()) {
            return new Page<>(List.of(), null);
        }
        if (!statement.isDirect()) {
            try (PreparedStatement newest = statement.newest(connection, "")) {
                Page<ObjectNode> page = page(connection, newest, query);
                if (page.next() != null) {
                    return page;
                }
            }
            gather(connection);
        }
        try (PreparedStatement whole = statement.whole(connection, "")) {
            return page(connection, whole, query);
        }
    }

    /**
     * For the rest of the transaction, what has all filters is gathered before it is put in order, by the most selective
     * index alone: to look at a few decisions more costs less than to read a long index, too.
     */
    static void gather(Connection connection) throws SQLException {
        try (Statement set = connection.createStatement()) {
            set.execute("set local enable_indexscan = off; set local random_page_cost = 1.1");
        }
    }

    private Page<ObjectNode> page(Connection connection, PreparedStatement select, Query query) throws SQLException {
        List<ObjectNode> items = new ArrayList<>();
        String next = null;
        try (ResultSet row = select.executeQuery()) {
            Place last = null;
            while (row.next()) {
                if (items.size() == query.limit()) {
                    next = last == null ? null : last.cursor();
                    break;
                }
                items.add(json(connection, row, query.detail()));
                last = new Place(row.getTimestamp("decided_at").toInstant(), row.getLong("seq"));
            }
        }
        return new Page<>(items, next);
    }

    private ObjectNode json(Connection connection, ResultSet row, Detail detail) throws SQLException {
        byte[] body = row.getBytes("body");
        if (body == null) {
            return erased(connection, row);
        }
        StoredBody stored = StoredBody.of(bodies.plain(
                connection,
                new Body(row.getInt("dictionary"), body),
                key(connection, row).context()));
        return DecisionJson.reduced(stored.json(detail == Detail.FULL), detail);
    }

    private RowKey key(Connection connection, ResultSet row) throws SQLException {
        return new RowKey(
                row.getObject("id", UUID.class),
                row.getString("vm"),
                row.getTimestamp("decided_at").toInstant(),
                row.getBytes("facts"),
                terms.text(connection, row.getInt("policy")));
    }

    /** What is left of a decision whose payload was erased. */
    private static ObjectNode erased(Connection connection, ResultSet row) throws SQLException {
        ObjectNode node = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
        node.put("id", Encoder.id(row.getObject("id", UUID.class)));
        node.put("vm", row.getString("vm"));
        node.put("action", Action.values()[row.getInt("action")].key());
        node.put("decided_at", row.getTimestamp("decided_at").toInstant().toString());
        ObjectNode erased = node.putObject("erased");
        try (PreparedStatement select =
                connection.prepareStatement("select by, reason, at from erasure where id = ?")) {
            select.setInt(1, row.getInt("erased"));
            try (ResultSet erasure = select.executeQuery()) {
                if (erasure.next()) {
                    erased.put("by", erasure.getString(1));
                    erased.put("reason", erasure.getString(2));
                    erased.put("at", erasure.getTimestamp(3).toInstant().toString());
                }
            }
        }
        return node;
    }

    Optional<Evidence> evidence(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select decided_at, seq, " + COLUMNS + ", catalogue, engine from decision where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                ObjectNode decision = json(connection, row, Detail.FULL);
                if (decision.has("erased")) {
                    throw ErasedException.of(decision);
                }
                Instant decidedAt = row.getTimestamp("decided_at").toInstant();
                return Optional.of(new Evidence(
                        decision,
                        facts(connection, decidedAt, row.getBytes("facts")),
                        PolicyFiles.of(content(connection, terms.text(connection, row.getInt("policy")))),
                        content(connection, terms.text(connection, row.getInt("catalogue"))),
                        decidedAt,
                        terms.text(connection, row.getInt("engine"))));
            }
        }
    }

    private byte[] facts(Connection connection, Instant decidedAt, byte[] digest) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select dictionary, body from facts where month = ? and digest = ?")) {
            select.setObject(1, Partitions.month(decidedAt));
            select.setBytes(2, digest);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("the facts of a stored decision are missing");
                }
                return bodies.plain(connection, new Body(row.getInt(1), row.getBytes(2)), List.of());
            }
        }
    }

    private static byte[] content(Connection connection, String digest) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select body from content where digest = ?")) {
            select.setBytes(1, DecisionTable.bytes(digest));
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    throw new SQLException("`" + digest + "` of a stored decision is missing");
                }
                return Bodies.plain(row.getBytes(1));
            }
        }
    }
}
