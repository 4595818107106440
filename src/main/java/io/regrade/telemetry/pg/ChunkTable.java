package io.regrade.telemetry.pg;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chunks of samples whose hours are open. */
final class ChunkTable {

    private static final int ROWS_AT_ONCE = 500;

    private ChunkTable() {}

    /** A chunk that is to be stored. */
    record Row(int vm, Chunk.Writer chunk) {}

    /** A chunk that is stored. */
    record Stored(long id, Instant receivedAt, byte[] body) {}

    /** Takes chunks. */
    @FunctionalInterface
    interface Sink {
        void chunk(int vm, Stored chunk) throws SQLException;
    }

    /** Stores chunks, received now or at another moment. */
    static void insert(Connection connection, List<Row> rows, @Nullable Instant receivedAt) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into telemetry_chunk (vm, first_hour, body, received_at)"
                        + " select one.*, coalesce(?, now()) from unnest(?, ?, ?) as one (vm, first_hour, body)")) {
            insert.setTimestamp(1, receivedAt == null ? null : Timestamp.from(receivedAt));
            insert.setArray(
                    2,
                    connection.createArrayOf(
                            "integer", rows.stream().map(Row::vm).toArray()));
            insert.setArray(
                    3,
                    connection.createArrayOf(
                            "integer",
                            rows.stream().map(row -> row.chunk().firstHour()).toArray()));
            insert.setArray(
                    4,
                    connection.createArrayOf(
                            "bytea",
                            rows.stream().map(row -> row.chunk().bytes()).toArray(byte[][]::new)));
            insert.executeUpdate();
        }
    }

    /** Reads the chunks of machines, those of one machine in the order they came. */
    static void read(Connection connection, Collection<Integer> machines, Sink sink) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select vm, id, received_at, body from telemetry_chunk where vm = any(?) order by vm, id")) {
            select.setArray(1, connection.createArrayOf("integer", machines.toArray()));
            select.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    sink.chunk(
                            row.getInt(1),
                            new Stored(row.getLong(2), row.getTimestamp(3).toInstant(), row.getBytes(4)));
                }
            }
        }
    }

    /** Removes chunks. */
    static void delete(Connection connection, Collection<Long> ids) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("delete from telemetry_chunk where id = any(?)")) {
            delete.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
            delete.executeUpdate();
        }
    }

    /** The machines with chunks that wait for an hour before this one and came before a moment, by number, after one of them. */
    static List<Integer> waiting(Connection connection, long beforeHour, Instant receivedBefore, int after, int most)
            throws SQLException {
        List<Integer> machines = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select distinct vm from telemetry_chunk"
                + " where first_hour < ? and received_at < ? and vm > ? order by vm limit ?")) {
            select.setInt(1, (int) beforeHour);
            select.setTimestamp(2, Timestamp.from(receivedBefore));
            select.setInt(3, after);
            select.setInt(4, most);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    machines.add(row.getInt(1));
                }
            }
        }
        return machines;
    }
}
