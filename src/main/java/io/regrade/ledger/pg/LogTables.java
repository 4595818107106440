package io.regrade.ledger.pg;

import io.regrade.ledger.log.Appended;
import io.regrade.ledger.log.FullTile;
import io.regrade.ledger.log.TreeEdge;
import io.regrade.ledger.pg.Bodies.Body;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The log in its tables: entries, full tiles and the head. What a partial tile holds is worked out of the entries, or of
 * the roots of the tiles below. Thread-safe; every method works in the caller's transaction.
 */
final class LogTables {

    static final int TILE = 256;
    private static final int HASH = 32;

    /**
     * The log's newest state.
     *
     * @param size how many leaves
     * @param decisions how many of them are decisions
     * @param root the tree's root hash
     * @param checkpoint the signed checkpoint, as text
     * @param vkey what it is verified with
     * @param retentions how often old decisions were dropped
     */
    record Head(long size, long decisions, byte[] root, String checkpoint, String vkey, int retentions) {}

    private final Bodies bodies;

    LogTables(Bodies bodies) {
        this.bodies = bodies;
    }

    /** The head, locked until the transaction ends; empty before the first leaf. */
    static Optional<Head> lock(Connection connection) throws SQLException {
        return head(connection, " for update");
    }

    /** The head. */
    static Optional<Head> head(Connection connection) throws SQLException {
        return head(connection, "");
    }

    private static Optional<Head> head(Connection connection, String lock) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "select size, decisions, root, checkpoint, vkey, retentions from log_head" + lock);
                ResultSet row = select.executeQuery()) {
            return row.next()
                    ? Optional.of(new Head(
                            row.getLong(1),
                            row.getLong(2),
                            row.getBytes(3),
                            row.getString(4),
                            row.getString(5),
                            row.getInt(6)))
                    : Optional.empty();
        }
    }

    /** Makes the head of an empty log, unless another server was faster. */
    static void begin(Connection connection, byte[] root, String checkpoint, String vkey, Instant at)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into log_head (size, decisions, root, checkpoint, vkey, signed_at) values (0, 0, ?, ?, ?, ?)"
                        + " on conflict do nothing")) {
            insert.setBytes(1, root);
            insert.setString(2, checkpoint);
            insert.setString(3, vkey);
            insert.setTimestamp(4, Timestamp.from(at));
            insert.executeUpdate();
        }
    }

    /** The right edge of the tree at a size. */
    TreeEdge edge(Connection connection, long size) throws SQLException {
        List<byte[]> partial = new ArrayList<>();
        long width = size;
        for (int level = 0; width > 0; level++) {
            partial.add(partial(connection, level, width / TILE, (int) (width % TILE)));
            width /= TILE;
        }
        return TreeEdge.of(size, partial);
    }

    /** Adds entries with the tiles they fill. */
    static void append(Together together, long first, List<Body> entries, Appended appended) throws SQLException {
        BinaryCopy rows = new BinaryCopy("log_entry", List.of("seq", "compressed", "dictionary", "body"));
        for (int i = 0; i < entries.size(); i++) {
            Body entry = entries.get(i);
            rows.row()
                    .bigint(first + i)
                    .bool(entry.dictionary() == Dictionaries.NONE)
                    .integer(entry.dictionary())
                    .bytea(entry.bytes());
        }
        rows.send(together);
        BinaryCopy tiles = new BinaryCopy("log_tile", List.of("level", "tile", "root", "hashes"));
        for (FullTile tile : appended.full()) {
            tiles.row()
                    .smallint(tile.level())
                    .bigint(tile.index())
                    .bytea(tile.root())
                    .bytea(tile.hashes());
        }
        tiles.send(together);
    }

    /** Sets the head. */
    static void move(Together together, Head head, Instant at) {
        together.add(
                "update log_head set size = ?, decisions = ?, root = ?, checkpoint = ?, signed_at = ?",
                List.of(head.size(), head.decisions(), head.root(), head.checkpoint(), at.atOffset(ZoneOffset.UTC)));
    }

    /** A tile of hashes; empty when the tables do not hold that much. */
    Optional<byte[]> tile(Connection connection, int level, long index, int width) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select hashes from log_tile where level = ? and tile = ?")) {
            select.setInt(1, level);
            select.setLong(2, index);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    byte[] hashes = row.getBytes(1);
                    return Optional.of(Arrays.copyOf(hashes, Math.min(hashes.length, width * HASH)));
                }
            }
        }
        if (width == TILE) {
            return Optional.empty();
        }
        byte[] hashes = partial(connection, level, index, width);
        return hashes.length == width * HASH ? Optional.of(hashes) : Optional.empty();
    }

    private byte[] partial(Connection connection, int level, long index, int width) throws SQLException {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream(width * HASH);
        if (level == 0) {
            for (byte[] entry : entries(connection, index * TILE, width)) {
                hashes.writeBytes(TreeEdge.leafHash(entry));
            }
            return hashes.toByteArray();
        }
        try (PreparedStatement select = connection.prepareStatement(
                "select root from log_tile where level = ? and tile >= ? and tile < ? order by tile")) {
            select.setInt(1, level - 1);
            select.setLong(2, index * TILE);
            select.setLong(3, index * TILE + width);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    hashes.writeBytes(row.getBytes(1));
                }
            }
        }
        return hashes.toByteArray();
    }

    /** Entries in a row, as many of them as there are. */
    List<byte[]> entries(Connection connection, long first, int count) throws SQLException {
        List<byte[]> entries = new ArrayList<>(count);
        try (PreparedStatement select = connection.prepareStatement(
                "select compressed, dictionary, body from log_entry where seq >= ? and seq < ? order by seq")) {
            select.setLong(1, first);
            select.setLong(2, first + count);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(entry(connection, row.getBoolean(1), new Body(row.getInt(2), row.getBytes(3))));
                }
            }
        }
        return entries;
    }

    /** An entry; one that was changed so that it cannot be read stands for itself, and is not what its hash says. */
    private byte[] entry(Connection connection, boolean compressed, Body body) throws SQLException {
        if (body.dictionary() == Dictionaries.NONE && !compressed) {
            return body.bytes();
        }
        try {
            return bodies.plain(connection, body, List.of());
        } catch (DamagedBodyException e) {
            return body.bytes();
        }
    }

    /** An entry as text. */
    static String text(byte[] entry) {
        return new String(entry, StandardCharsets.UTF_8);
    }
}
