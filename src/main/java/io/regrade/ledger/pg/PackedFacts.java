package io.regrade.ledger.pg;

import io.regrade.ledger.pg.Bodies.Body;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;

/** The bodies of stored facts, to be packed again; what they say does not change. Used by one thread, but for what is noted. */
final class PackedFacts implements PackedTable {

    private static final String SELECT = "select month, digest, vm, dictionary, body from facts where ";
    private static final String SOME = " limit " + AT_ONCE + " for update skip locked";

    private static final LocalDate FIRST = LocalDate.of(1, 1, 1);

    private final Bodies bodies;
    private volatile boolean plain;
    private LocalDate month = FIRST;
    private byte[] digest = {};

    PackedFacts(Bodies bodies) {
        this.bodies = bodies;
    }

    /** Notes that some were stored without a dictionary. */
    void storedPlain() {
        plain = true;
    }

    /** Whether some that were noted can be packed by now. */
    boolean canPack() {
        return plain && bodies.canPack(Bodies.FACTS);
    }

    @Override
    public String name() {
        return "facts";
    }

    @Override
    public void begin() {
        month = FIRST;
        digest = new byte[0];
    }

    @Override
    public int packPlain(Connection connection) throws SQLException {
        if (!canPack()) {
            return 0;
        }
        plain = false;
        int packed = 0;
        int done;
        do {
            try (PreparedStatement select = connection.prepareStatement(SELECT + "dictionary = 0" + SOME)) {
                done = pack(connection, select);
            }
            packed += done;
            connection.commit();
        } while (done == AT_ONCE);
        return packed;
    }

    @Override
    public int renewSome(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(SELECT + "(month, digest) > (?, ?) and dictionary in"
                        + " (select id from dictionary where outdated) order by month, digest" + SOME)) {
            select.setObject(1, month);
            select.setBytes(2, digest);
            return pack(connection, select);
        }
    }

    private int pack(Connection connection, PreparedStatement select) throws SQLException {
        int done = 0;
        try (ResultSet row = select.executeQuery();
                PreparedStatement update = connection.prepareStatement(
                        "update facts set dictionary = ?, body = ? where month = ? and digest = ?")) {
            while (row.next()) {
                month = row.getObject(1, LocalDate.class);
                digest = row.getBytes(2);
                byte[] said = bodies.plain(connection, new Body(row.getInt(4), row.getBytes(5)), List.of());
                Body body = bodies.pack(Bodies.FACTS, said, List.of(), new Subject(row.getString(3), said));
                if (body.dictionary() == Dictionaries.NONE) {
                    storedPlain();
                }
                update.setInt(1, body.dictionary());
                update.setBytes(2, body.bytes());
                update.setObject(3, month);
                update.setBytes(4, digest);
                update.addBatch();
                done++;
            }
            update.executeBatch();
        }
        return done;
    }
}
