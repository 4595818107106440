package io.regrade.ledger.pg;

import io.regrade.ledger.pg.Bodies.Body;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** The bodies of the inventory's machines, to be packed again; what they say does not change. Used by one thread. */
final class PackedInventory implements PackedTable {

    private final Bodies bodies;
    private String id = "";

    PackedInventory(Bodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public String name() {
        return "inventory_vm";
    }

    /** None: what is stored without a dictionary is packed when it is stored the next time. */
    @Override
    public int packPlain(Connection connection) {
        return 0;
    }

    @Override
    public void begin() {
        id = "";
    }

    @Override
    public int renewSome(Connection connection) throws SQLException {
        int done = 0;
        try (PreparedStatement select = connection.prepareStatement(
                        "select id, dictionary, body from inventory_vm where id > ? and body is not null and dictionary in"
                                + " (select id from dictionary where outdated) order by id limit " + AT_ONCE
                                + " for update skip locked");
                PreparedStatement update =
                        connection.prepareStatement("update inventory_vm set dictionary = ?, body = ? where id = ?")) {
            select.setString(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    id = row.getString(1);
                    byte[] plain = bodies.plain(connection, new Body(row.getInt(2), row.getBytes(3)), List.of());
                    Body body = bodies.pack(Bodies.FACTS, plain, List.of(), new Subject(id, plain));
                    update.setInt(1, body.dictionary());
                    update.setBytes(2, body.bytes());
                    update.setString(3, id);
                    update.addBatch();
                    done++;
                }
            }
            update.executeBatch();
        }
        return done;
    }
}
