package io.regrade.ledger.log;

import java.util.Optional;

/** Where the log's tiles and entries come from. */
public interface TileSource {

    /**
     * The first hashes of a tile.
     *
     * @param level 0 for leaf hashes
     * @param index which one of its level
     * @param width how many hashes, 1 to 256
     * @return {@code width} times 32 bytes; empty when the tile does not have that many
     */
    Optional<byte[]> tile(int level, long index, int width);

    /**
     * The first entries of a bundle, as {@link io.regrade.tlog.EntryBundle} writes them.
     *
     * @return empty when the bundle does not have that many
     */
    Optional<byte[]> entries(long index, int width);
}
