package io.regrade.ledger.log;

/**
 * A tile that an append has filled, never to change again.
 *
 * @param level 0 for leaf hashes
 * @param index which one of its level
 * @param hashes 256 hashes of 32 bytes; not to be changed
 * @param root the hash over them, which is one hash of the level above; not to be changed
 */
public record FullTile(int level, long index, byte[] hashes, byte[] root) {}
