package io.regrade.ledger.log;

import io.regrade.decision.CanonicalJson;
import io.regrade.tlog.EntryBundle;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tree as RFC 6962 section 2.1 defines it, word by word and slow, over entries in memory. */
public final class NaiveTree implements TileSource {

    private final List<byte[]> entries;

    public NaiveTree(List<byte[]> entries) {
        this.entries = List.copyOf(entries);
    }

    /** Entries that are all different. */
    public static NaiveTree numbered(int size) {
        List<byte[]> entries = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            entries.add(ByteBuffer.allocate(4).putInt(i).array());
        }
        return new NaiveTree(entries);
    }

    public List<byte[]> leafHashes() {
        return entries.stream().map(entry -> hash((byte) 0, entry, new byte[0])).toList();
    }

    public byte[] root() {
        return entries.isEmpty() ? CanonicalJson.sha256().digest() : root(0, entries.size());
    }

    byte[] root(int from, int to) {
        if (to - from == 1) {
            return hash((byte) 0, entries.get(from), new byte[0]);
        }
        int split = from + Integer.highestOneBit(to - from - 1);
        return hash((byte) 1, root(from, split), root(split, to));
    }

    List<byte[]> path(int leaf) {
        List<byte[]> path = new ArrayList<>();
        path(leaf, 0, entries.size(), path);
        return path;
    }

    private void path(int leaf, int from, int to, List<byte[]> path) {
        if (to - from > 1) {
            int split = from + Integer.highestOneBit(to - from - 1);
            if (leaf < split) {
                path(leaf, from, split, path);
                path.add(root(split, to));
            } else {
                path(leaf, split, to, path);
                path.add(root(from, split));
            }
        }
    }

    @Override
    public Optional<byte[]> tile(int level, long index, int width) {
        int span = 1 << 8 * level;
        ByteBuffer hashes = ByteBuffer.allocate(width * 32);
        for (int i = 0; i < width; i++) {
            int from = (int) (index * 256 + i) * span;
            if (from + span > entries.size()) {
                return Optional.empty();
            }
            hashes.put(root(from, from + span));
        }
        return Optional.of(hashes.array());
    }

    @Override
    public Optional<byte[]> entries(long index, int width) {
        int from = (int) index * 256;
        return from + width > entries.size()
                ? Optional.empty()
                : Optional.of(EntryBundle.format(entries.subList(from, from + width)));
    }

    private static byte[] hash(byte kind, byte[] left, byte[] right) {
        MessageDigest sha = CanonicalJson.sha256();
        sha.update(kind);
        sha.update(left);
        return sha.digest(right);
    }
}
