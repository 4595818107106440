package io.regrade.audit;

import io.regrade.tlog.EntryBundle;
import io.regrade.tlog.TilePath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Recomputes a log's whole tree out of its entries and compares every hash of every tile, from the left to the right.
 * A tile is trusted when it hashes to what the tile above holds, and the topmost ones when together they hash to the
 * checkpoint's root: so for each difference it is known which side was changed. Holds one tile of each level.
 */
final class TreeWalk {

    private static final int FULL = TilePath.FULL;
    private static final int HASH = 32;
    private static final int AHEAD = 6;

    /** Takes the leaves in order. */
    interface Sink {

        /**
         * The next leaf.
         *
         * @param hash its hash in the tree
         * @param entry its entry, null when it is missing or not the one that the tree holds
         */
        void leaf(long index, byte[] hash, byte @Nullable [] entry);
    }

    private final ReadAhead source;
    private final long size;
    private final Findings findings;
    private final Sink sink;
    private final Mismatches mismatches = new Mismatches();

    TreeWalk(ReadAhead source, long size, Findings findings, Sink sink) {
        this.source = source;
        this.size = size;
        this.findings = findings;
        this.sink = sink;
    }

    /** An incomplete tile at the right edge of a level. */
    private record Edge(TilePath path, byte @Nullable [][] tile) {}

    /** Walks, and compares the root with the checkpoint's. */
    void walk(byte[] root) {
        List<Edge> edges = edges();
        boolean readable = edges.stream().allMatch(edge -> edge.tile() != null);
        byte[] told = readable ? root(edges.stream().map(Edge::tile).toList()) : null;
        boolean trusted = Arrays.equals(told, root);
        List<byte[][]> computed = new ArrayList<>();
        for (Edge edge : edges) {
            computed.add(visit(edge.path(), edge.tile(), trusted, null));
        }
        byte[] made = root(computed);
        boolean entriesAreRight = Arrays.equals(made, root);
        mismatches.report(findings, entriesAreRight);
        if (!trusted && !entriesAreRight) {
            findings.defect(
                    "checkpoint",
                    Arrays.equals(told, made)
                            ? "its root is not that of the log: the checkpoint is forged, or the log was made anew"
                            : "its root is not that of the log's entries, nor that of its tiles",
                    Sha256.hex(made),
                    Sha256.hex(root));
        }
    }

    /** From the highest level, which is the order of the leaves below them. */
    private List<Edge> edges() {
        List<Edge> edges = new ArrayList<>();
        for (int level = 7; level >= 0; level--) {
            long hashes = size >>> 8 * level;
            if (hashes % FULL > 0) {
                TilePath path = new TilePath(level, hashes / FULL, (int) (hashes % FULL));
                edges.add(new Edge(path, tile(path)));
            }
        }
        return edges;
    }

    /** The root over the edges' hashes: what is right of a tile's last hash is a subtree that is not complete. */
    private static byte[] root(List<byte[][]> edges) {
        byte[] root = null;
        for (int i = edges.size() - 1; i >= 0; i--) {
            byte[][] hashes = edges.get(i);
            if (root != null) {
                hashes = Arrays.copyOf(hashes, hashes.length + 1);
                hashes[hashes.length - 1] = root;
            }
            root = Sha256.tree(hashes, 0, hashes.length);
        }
        return root == null ? Sha256.of() : root;
    }

    /**
     * Checks a tile and all below it.
     *
     * @param tile null when it cannot be used
     * @param trusted whether the tile is known to be right
     * @param expected what the tile should hash to, null when nothing says
     * @return the tile as it is by the entries
     */
    private byte[][] visit(TilePath path, byte @Nullable [][] tile, boolean trusted, byte @Nullable [] expected) {
        byte[][] computed = path.level() == 0 ? leaves(path, tile, trusted) : below(path, tile, trusted);
        if (trusted) {
            return computed; // what differs was told where it is
        }
        byte[] made = path.isFull() ? Sha256.tree(computed, 0, computed.length) : null;
        boolean right = expected != null && Arrays.equals(expected, made);
        if (tile != null) {
            for (int i = 0; i < path.width(); i++) {
                if (Arrays.equals(tile[i], computed[i])) {
                    continue;
                }
                if (right) {
                    findings.defect(
                            path.toString(),
                            "hash " + i + " was changed: it is not that of what is below it",
                            Sha256.hex(computed[i]),
                            Sha256.hex(tile[i]));
                } else {
                    mismatches.hash(path, i, tile[i], computed[i]);
                }
            }
        }
        if (expected != null && made != null && !right) {
            findings.defect(
                    path.toString(),
                    "neither the tile nor what is below it is what the tile above holds",
                    Sha256.hex(expected),
                    Sha256.hex(made));
        }
        return computed;
    }

    private byte[][] below(TilePath path, byte @Nullable [][] tile, boolean trusted) {
        int level = path.level() - 1;
        long first = path.index() * FULL;
        byte[][] computed = new byte[path.width()][];
        for (int i = 0; i < path.width(); i++) {
            for (int next = i == 0 ? 0 : i + AHEAD; next <= i + AHEAD && next < path.width(); next++) {
                announce(level, first + next);
            }
            TilePath child = new TilePath(level, first + i, FULL);
            byte[][] hashes = tile(child);
            byte[] expected = trusted && tile != null ? tile[i] : null;
            boolean right = expected != null && hashes != null && Arrays.equals(expected, Sha256.tree(hashes, 0, FULL));
            computed[i] = Sha256.tree(visit(child, hashes, right, expected), 0, FULL);
        }
        return computed;
    }

    private void announce(int level, long index) {
        if (level == 0) {
            source.announce(new TilePath(0, index, FULL));
            source.announce(TilePath.entries(index, FULL));
        }
    }

    private byte[][] leaves(TilePath path, byte @Nullable [][] tile, boolean trusted) {
        TilePath where = TilePath.entries(path.index(), path.width());
        List<byte[]> entries = entries(where);
        byte[][] found = new byte[Math.min(entries.size(), path.width())][];
        for (int i = 0; i < found.length; i++) {
            found[i] = Sha256.leaf(entries.get(i));
        }
        boolean told = trusted && tile != null && moved(where, tile, found, entries.size());
        if (!told && entries.size() != path.width()) {
            findings.defect(
                    where.toString(),
                    entries.size() < path.width()
                            ? "leaf " + leaf(path, entries.size()) + " and all after it are missing from the bundle"
                            : "the bundle has more entries than the log",
                    path.width() + " entries",
                    Integer.toString(entries.size()));
        }
        byte[][] computed = new byte[path.width()][];
        for (int i = 0; i < computed.length; i++) {
            byte[] held = tile == null ? null : tile[i];
            byte[] hash = i < found.length ? found[i] : held == null ? new byte[HASH] : held;
            boolean same = i < found.length && (held == null || Arrays.equals(held, hash));
            if (trusted && held != null) {
                if (!same && !told && i < found.length) {
                    mismatches.entry(leaf(path, i), where, held, hash);
                }
                hash = held;
            }
            computed[i] = hash;
            sink.leaf(leaf(path, i), hash, same ? entries.get(i) : null);
        }
        return computed;
    }

    private static long leaf(TilePath path, int position) {
        return path.index() * FULL + position;
    }

    /** Tells of an entry that was taken out or put in, after which all others moved; false when there is none. */
    private boolean moved(TilePath where, byte[][] tile, byte[][] found, int entries) {
        int at = 0;
        while (at < found.length && Arrays.equals(found[at], tile[at])) {
            at++;
        }
        int fewest = found.length == tile.length ? 2 : 1; // two at the end that changed places are no move
        int rest = Math.min(found.length, tile.length - 1) - at;
        if (rest >= fewest && Arrays.equals(found, at, at + rest, tile, at + 1, at + 1 + rest, Arrays::compare)) {
            findings.defect(
                    "leaf " + (where.index() * FULL + at),
                    "the entry was removed from " + where + ", and those after it moved up",
                    tile.length + " entries",
                    Integer.toString(entries));
            return true;
        }
        rest = Math.min(found.length - 1, tile.length) - at;
        if (rest >= fewest && Arrays.equals(found, at + 1, at + 1 + rest, tile, at, at + rest, Arrays::compare)) {
            findings.defect(
                    "leaf " + (where.index() * FULL + at),
                    "an entry was put in before it in " + where + ", and those after it moved down",
                    tile.length + " entries",
                    Integer.toString(entries));
            return true;
        }
        return false;
    }

    private List<byte[]> entries(TilePath path) {
        byte[] bundle = source.read(path).orElse(null);
        if (bundle == null) {
            findings.defect(path.toString(), "the bundle is missing");
            return List.of();
        }
        EntryBundle.Read read = EntryBundle.read(bundle);
        if (read.rest() > 0) {
            findings.defect(
                    path.toString(),
                    "the bundle is cut off in entry " + read.entries().size() + " (leaf "
                            + (path.index() * FULL + read.entries().size()) + ")",
                    "",
                    bundle.length + " bytes");
        }
        return read.entries();
    }

    private byte @Nullable [][] tile(TilePath path) {
        byte[] bytes = source.read(path).orElse(null);
        if (bytes == null) {
            findings.defect(path.toString(), "the tile is missing");
            return null;
        }
        if (bytes.length != path.width() * HASH) {
            findings.defect(
                    path.toString(),
                    bytes.length < path.width() * HASH ? "the tile is truncated" : "the tile is too long",
                    path.width() * HASH + " bytes",
                    Integer.toString(bytes.length));
            return null;
        }
        byte[][] hashes = new byte[path.width()][];
        for (int i = 0; i < hashes.length; i++) {
            hashes[i] = Arrays.copyOfRange(bytes, i * HASH, (i + 1) * HASH);
        }
        return hashes;
    }
}
