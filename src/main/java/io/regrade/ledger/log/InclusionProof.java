package io.regrade.ledger.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes inclusion proofs (RFC 6962 section 2.1.1) out of tiles alone. One object serves one thread and one tree. */
public final class InclusionProof {

    private static final int BYTES = Hashing.BYTES;
    private static final int FULL = 256;
    private static final int TILE_HEIGHT = 8;
    private static final int MOST_TILES = 64;

    private final TileSource source;
    private final long size;
    private final Hashing hashing = new Hashing();
    private final Map<Tile, byte[]> tiles = new HashMap<>();

    private record Tile(int level, long index) {}

    /**
     * Proofs in a tree.
     *
     * @param source holds at least the tiles of the tree
     * @param size leaves of the tree
     */
    public InclusionProof(TileSource source, long size) {
        this.source = source;
        this.size = size;
    }

    /**
     * The proof of a leaf, from its sibling up.
     *
     * @throws IndexOutOfBoundsException when the tree has no such leaf
     * @throws IllegalStateException when the source lacks a tile that a tree of this size has
     */
    public List<byte[]> of(long leaf) {
        if (leaf < 0 || leaf >= size) {
            throw new IndexOutOfBoundsException("leaf " + leaf + " of a tree of " + size);
        }
        List<byte[]> proof = new ArrayList<>();
        path(leaf, 0, size, proof);
        return proof;
    }

    private void path(long leaf, long from, long to, List<byte[]> proof) {
        if (to - from == 1) {
            return;
        }
        long split = from + Long.highestOneBit(to - from - 1);
        if (leaf < split) {
            path(leaf, from, split, proof);
            proof.add(hash(split, to));
        } else {
            path(leaf, split, to, proof);
            proof.add(hash(from, split));
        }
    }

    /** The hash over leaves; the first is always a multiple of a power of two that is at least as large as the run. */
    private byte[] hash(long from, long to) {
        long count = to - from;
        if (Long.bitCount(count) == 1) {
            return complete(Long.numberOfTrailingZeros(count), from / count);
        }
        long split = from + Long.highestOneBit(count - 1);
        return hashing.node(hash(from, split), hash(split, to));
    }

    /** The hash of a complete subtree: one hash of a tile, or the root over 2, 4 … 128 of them. */
    private byte[] complete(int height, long index) {
        int level = height / TILE_HEIGHT;
        int count = 1 << height % TILE_HEIGHT;
        long first = index * count;
        byte[] tile = tile(level, first / FULL).clone();
        return hashing.root(tile, (int) (first % FULL) * BYTES, count);
    }

    private byte[] tile(int level, long index) {
        Tile key = new Tile(level, index);
        byte[] known = tiles.get(key);
        if (known != null) {
            return known;
        }
        long inLevel = size >>> TILE_HEIGHT * level;
        int width = (int) Math.min(FULL, inLevel - index * FULL);
        byte[] tile = source.tile(level, index, width)
                .filter(bytes -> bytes.length == width * BYTES)
                .orElseThrow(() -> new IllegalStateException(
                        "tile " + index + " of level " + level + " with " + width + " hashes is missing"));
        if (tiles.size() >= MOST_TILES) {
            tiles.clear();
        }
        tiles.put(key, tile);
        return tile;
    }
}
