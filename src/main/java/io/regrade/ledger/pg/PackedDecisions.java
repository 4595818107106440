package io.regrade.ledger.pg;

import io.regrade.ledger.pg.Bodies.Body;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The bodies of stored decisions, to be packed again; what they say does not change. Used by one thread, but for what is noted. */
final class PackedDecisions implements PackedTable {

    private static final String SELECT =
            "select d.id, d.vm, d.decided_at, d.seq, d.facts, d.policy, d.dictionary, d.body,"
                    + " f.dictionary, f.body from decision d left join facts f"
                    + " on f.month = date_trunc('month', d.decided_at at time zone 'UTC')::date and f.digest = d.facts"
                    + " where d.body is not null and ";
    private static final String SOME = " limit " + AT_ONCE + " for update of d skip locked";

    private static final Timestamp FIRST = Timestamp.from(Instant.parse("0001-01-01T00:00:00Z"));

    private final Bodies bodies;
    private final Terms terms;
    private final Set<String> plain = ConcurrentHashMap.newKeySet();
    private Timestamp decidedAt = FIRST;
    private long seq;

    PackedDecisions(Bodies bodies, Terms terms) {
        this.bodies = bodies;
        this.terms = terms;
    }

    /** Notes that some by a policy were stored without a dictionary. */
    void storedPlain(String policy) {
        plain.add(policy);
    }

    /** Whether some that were noted can be packed by now. */
    boolean canPack() {
        return plain.stream().anyMatch(policy -> bodies.canPack(RowKey.purpose(policy)));
    }

    @Override
    public String name() {
        return "decision";
    }

    @Override
    public void begin() {
        decidedAt = FIRST;
        seq = -1;
    }

    @Override
    public int packPlain(Connection connection) throws SQLException {
        int packed = 0;
        for (String policy : List.copyOf(plain)) {
            if (bodies.canPack(RowKey.purpose(policy))) {
                plain.remove(policy);
                int done;
                do {
                    done = packPlain(connection, policy);
                    packed += done;
                    connection.commit();
                } while (done == AT_ONCE);
            }
        }
        return packed;
    }

    private int packPlain(Connection connection, String policy) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + "d.policy = ? and d.dictionary = 0" + SOME)) {
            select.setInt(1, terms.id(connection, Terms.Kind.POLICY, policy));
            return pack(connection, select);
        }
    }

    @Override
    public int renewSome(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + "(d.decided_at, d.seq) > (?, ?) and d.dictionary"
                        + " in (select id from dictionary where outdated) order by d.decided_at, d.seq" + SOME)) {
            select.setTimestamp(1, decidedAt);
            select.setLong(2, seq);
            return pack(connection, select);
        }
    }

    private int pack(Connection connection, PreparedStatement select) throws SQLException {
        int done = 0;
        try (ResultSet row = select.executeQuery();
                PreparedStatement update = connection.prepareStatement(
                        "update decision set dictionary = ?, body = ? where id = ? and decided_at = ?")) {
            while (row.next()) {
                decidedAt = row.getTimestamp(3);
                seq = row.getLong(4);
                RowKey key = new RowKey(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        decidedAt.toInstant(),
                        row.getBytes(5),
                        terms.text(connection, row.getInt(6)));
                Body body = packed(connection, key, row);
                update.setInt(1, body.dictionary());
                update.setBytes(2, body.bytes());
                update.setObject(3, key.id());
                update.setTimestamp(4, decidedAt);
                update.addBatch();
                done++;
            }
            update.executeBatch();
        }
        return done;
    }

    private Body packed(Connection connection, RowKey key, ResultSet row) throws SQLException {
        byte[] said = bodies.plain(connection, new Body(row.getInt(7), row.getBytes(8)), key.context());
        byte[] facts = row.getBytes(10);
        if (facts == null || bodies.canPack(key.purpose())) {
            return bodies.pack(key.purpose(), said, key.context());
        }
        storedPlain(key.policy());
        byte[] known = bodies.plain(connection, new Body(row.getInt(9), facts), List.of());
        return bodies.pack(key.purpose(), said, key.context(), new Subject(key.vm(), known));
    }
}
