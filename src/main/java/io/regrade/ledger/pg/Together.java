package io.regrade.ledger.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Statements that nobody waits for one by one: they go to the database in one message, in their order, and are answered in
 * one. Used by one thread, within one transaction.
 */
final class Together {

    private final Connection connection;
    private final StringBuilder sql = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    Together(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /**
     * Adds a statement.
     *
     * @param more the values of its places, as {@link PreparedStatement#setObject(int, Object)} takes them
     */
    void add(String statement, List<? extends @Nullable Object> more) {
        sql.append(sql.isEmpty() ? "" : ";").append(statement);
        values.addAll(more);
    }

    /** Sends what was added since it was sent last. */
    void send() throws SQLException {
        if (sql.isEmpty()) {
            return;
        }
        try (PreparedStatement all = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < values.size(); i++) {
                all.setObject(i + 1, values.get(i));
            }
            all.execute();
        }
        sql.setLength(0);
        values.clear();
    }
}
