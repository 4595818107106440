package io.regrade.ledger.pg;

import io.regrade.ledger.DroppedException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The decisions that were dropped because of their age: their ids and their leaves. Stateless, thread-safe; every method
 * works in the caller's transaction. One that is also still stored is not dropped yet.
 */
final class DroppedDecisions {

    private DroppedDecisions() {}

    /** The index of a dropped decision's leaf; empty when it was not dropped. */
    static OptionalLong leaf(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select seq from dropped where id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /**
     * Tells of a decision that is not stored any more.
     *
     * @throws DroppedException when it was dropped
     */
    static void tell(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select r.at from dropped d join retention r on r.id = d.retention where d.id = ?")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    Instant at = row.getTimestamp(1).toInstant();
                    throw new DroppedException("decision `" + Encoder.id(id) + "` was dropped by retention at " + at
                            + ". Maybe its receipt is enough, it is still there");
                }
            }
        }
    }

    /** How many were dropped of the months that a period touches; null for a side without an end. */
    static long count(Connection connection, @Nullable Instant from, @Nullable Instant until) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select coalesce(sum(decisions), 0) from retention
                where (?::timestamptz is null or month + interval '1 month' > ?::timestamptz at time zone 'UTC')
                  and (?::timestamptz is null or month < ?::timestamptz at time zone 'UTC')
                """)) {
            Timestamp begin = from == null ? null : Timestamp.from(from);
            Timestamp end = until == null ? null : Timestamp.from(until);
            select.setTimestamp(1, begin);
            select.setTimestamp(2, begin);
            select.setTimestamp(3, end);
            select.setTimestamp(4, end);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    /** Which of some decisions were dropped. */
    static Set<UUID> among(Connection connection, Collection<UUID> ids) throws SQLException {
        Set<UUID> dropped = new HashSet<>();
        Array array = connection.createArrayOf("uuid", ids.toArray());
        try (PreparedStatement select = connection.prepareStatement("select id from dropped where id = any(?)")) {
            select.setArray(1, array);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    dropped.add(row.getObject(1, UUID.class));
                }
            }
        }
        return dropped;
    }
}
