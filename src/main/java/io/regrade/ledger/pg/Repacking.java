package io.regrade.ledger.pg;

import io.regrade.ledger.pg.Bodies.Body;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Packs what was stored before there was a dictionary for it, so that the first decisions by a policy do not stay larger
 * than all later ones. What a body says does not change. Used by the writer's thread.
 */
final class Repacking {

    private static final Logger LOG = LoggerFactory.getLogger(Repacking.class);
    private static final int AT_ONCE = 500;

    private final Bodies bodies;
    private final Terms terms;
    private final Set<String> policies = new HashSet<>();
    private boolean facts;

    Repacking(Bodies bodies, Terms terms) {
        this.bodies = bodies;
        this.terms = terms;
    }

    /** Notes what was stored without a dictionary. */
    void stored(List<EncodedDecision> decisions) {
        for (EncodedDecision one : decisions) {
            if (one.body().dictionary() == Dictionaries.NONE) {
                policies.add(one.key().policy());
            }
            facts |= one.facts().dictionary() == Dictionaries.NONE;
        }
    }

    /** Packs what can be packed by now, in transactions of its own. */
    void run(Connection connection) throws SQLException {
        int packed = 0;
        for (String policy : List.copyOf(policies)) {
            if (bodies.canPack(RowKey.purpose(policy))) {
                packed += decisions(connection, policy);
                policies.remove(policy);
            }
        }
        if (facts && bodies.canPack(Bodies.FACTS)) {
            packed += facts(connection);
            facts = false;
        }
        if (packed > 0) {
            LOG.info("packed {} bodies that were stored before there was a dictionary for them", packed);
        }
    }

    private int decisions(Connection connection, String policy) throws SQLException {
        int packed = 0;
        int done;
        do {
            done = someDecisions(connection, policy);
            packed += done;
            connection.commit();
        } while (done == AT_ONCE);
        return packed;
    }

    private int someDecisions(Connection connection, String policy) throws SQLException {
        int done = 0;
        try (PreparedStatement select =
                        connection.prepareStatement("select id, vm, decided_at, facts, body from decision"
                                + " where policy = ? and dictionary = 0 and body is not null limit " + AT_ONCE
                                + " for update");
                PreparedStatement update = connection.prepareStatement(
                        "update decision set dictionary = ?, body = ? where id = ? and decided_at = ?")) {
            select.setInt(1, terms.id(connection, Terms.Kind.POLICY, policy));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    RowKey key = new RowKey(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getTimestamp(3).toInstant(),
                            row.getBytes(4),
                            policy);
                    Body body = bodies.pack(key.purpose(), Bodies.plain(row.getBytes(5)), key.context());
                    update.setInt(1, body.dictionary());
                    update.setBytes(2, body.bytes());
                    update.setObject(3, key.id());
                    update.setTimestamp(4, row.getTimestamp(3));
                    update.addBatch();
                    done++;
                }
            }
            update.executeBatch();
        }
        return done;
    }

    private int facts(Connection connection) throws SQLException {
        int packed = 0;
        int done;
        do {
            done = someFacts(connection);
            packed += done;
            connection.commit();
        } while (done == AT_ONCE);
        return packed;
    }

    private int someFacts(Connection connection) throws SQLException {
        int done = 0;
        try (PreparedStatement select = connection.prepareStatement(
                        "select month, digest, body from facts where dictionary = 0 limit " + AT_ONCE + " for update");
                PreparedStatement update = connection.prepareStatement(
                        "update facts set dictionary = ?, body = ? where month = ? and digest = ?")) {
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Body body = bodies.pack(Bodies.FACTS, Bodies.plain(row.getBytes(3)), List.of());
                    update.setInt(1, body.dictionary());
                    update.setBytes(2, body.bytes());
                    update.setObject(3, row.getObject(1, LocalDate.class));
                    update.setBytes(4, row.getBytes(2));
                    update.addBatch();
                    done++;
                }
            }
            update.executeBatch();
        }
        return done;
    }
}
