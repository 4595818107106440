package io.regrade.ledger.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The right edge of the tree: its incomplete tiles, all that is needed to append and to know the root. Immutable
 * and thread-safe.
 */
public final class TreeEdge {

    /** The edge of the tree without leaves. */
    public static final TreeEdge EMPTY = new TreeEdge(0, List.of());

    private static final int BYTES = Hashing.BYTES;
    private static final int FULL = 256;

    private final long size;
    /** Of each level its incomplete tile, 0 to 255 hashes; the highest is not empty. */
    private final List<byte[]> partial;

    private TreeEdge(long size, List<byte[]> partial) {
        this.size = size;
        this.partial = partial;
    }

    /**
     * The edge of a tree that was stored.
     *
     * @param size leaves
     * @param partialHashesPerLevel of each level from 0 the hashes of its incomplete tile, concatenated; empty where
     *     there is none; levels above the last may be left out when they are empty
     * @throws IllegalArgumentException when a level has not as many hashes as a tree of this size has there
     */
    public static TreeEdge of(long size, List<byte[]> partialHashesPerLevel) {
        List<byte[]> levels = new ArrayList<>();
        long left = size;
        for (int level = 0; left > 0 || level < partialHashesPerLevel.size(); level++, left /= FULL) {
            byte[] hashes = level < partialHashesPerLevel.size() ? partialHashesPerLevel.get(level) : new byte[0];
            if (hashes.length != left % FULL * BYTES) {
                throw new IllegalArgumentException("a tree of " + size + " leaves has " + left % FULL
                        + " hashes in the incomplete tile of level " + level + ", not " + hashes.length + " bytes");
            }
            if (left > 0) {
                levels.add(hashes.clone());
            }
        }
        return new TreeEdge(size, List.copyOf(levels));
    }

    /** The hash of a leaf: SHA-256 over a zero byte and the entry. */
    public static byte[] leafHash(byte[] entry) {
        return new Hashing().leaf(entry);
    }

    /** Leaves. */
    public long size() {
        return size;
    }

    /** Of each level from 0 the hashes of its incomplete tile, concatenated: what {@link #of} takes. */
    public List<byte[]> partialHashesPerLevel() {
        return partial.stream().map(byte[]::clone).toList();
    }

    /** Appends leaves by their hashes of 32 bytes. */
    public Appended append(List<byte[]> leafHashes) {
        byte[] added = new byte[leafHashes.size() * BYTES];
        for (int i = 0; i < leafHashes.size(); i++) {
            System.arraycopy(leafHashes.get(i), 0, added, i * BYTES, BYTES);
        }
        Hashing hashing = new Hashing();
        List<byte[]> levels = new ArrayList<>(partial);
        List<FullTile> full = new ArrayList<>();
        long before = size; // hashes that the level had
        for (int level = 0; added.length > 0; level++, before /= FULL) {
            byte[] tile = level < partial.size() ? partial.get(level) : new byte[0];
            byte[] row = Arrays.copyOf(tile, tile.length + added.length);
            System.arraycopy(added, 0, row, tile.length, added.length);
            int filled = row.length / (FULL * BYTES);
            byte[] above = new byte[filled * BYTES];
            for (int i = 0; i < filled; i++) {
                byte[] hashes = Arrays.copyOfRange(row, i * FULL * BYTES, (i + 1) * FULL * BYTES);
                byte[] root = hashing.root(row, i * FULL * BYTES, FULL);
                System.arraycopy(root, 0, above, i * BYTES, BYTES);
                full.add(new FullTile(level, before / FULL + i, hashes, root));
            }
            byte[] rest = Arrays.copyOfRange(row, filled * FULL * BYTES, row.length);
            if (level < levels.size()) {
                levels.set(level, rest);
            } else {
                levels.add(rest);
            }
            added = above;
        }
        return new Appended(new TreeEdge(size + leafHashes.size(), List.copyOf(levels)), List.copyOf(full));
    }

    /** The tree's root hash. */
    public byte[] root() {
        Hashing hashing = new Hashing();
        byte[] below = new byte[0]; // the root over everything in the levels below, a subtree that is not complete
        for (byte[] tile : partial) {
            int count = (tile.length + below.length) / BYTES;
            if (count > 0) {
                byte[] row = Arrays.copyOf(tile, tile.length + below.length);
                System.arraycopy(below, 0, row, tile.length, below.length);
                below = hashing.root(row, 0, count);
            }
        }
        return below.length == 0 ? hashing.empty() : below;
    }
}
