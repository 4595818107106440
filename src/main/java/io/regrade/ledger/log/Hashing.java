package io.regrade.ledger.log;

import io.regrade.decision.CanonicalJson;
import java.security.DigestException;
import java.security.MessageDigest;

/** The hashes of RFC 6962 section 2.1. One object hashes for one thread. */
final class Hashing {

    /** Bytes of a hash. */
    static final int BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest sha = CanonicalJson.sha256();

    byte[] leaf(byte[] entry) {
        sha.update(LEAF);
        return sha.digest(entry);
    }

    /** The root of the empty tree. */
    byte[] empty() {
        return sha.digest();
    }

    byte[] node(byte[] left, byte[] right) {
        sha.update(NODE);
        sha.update(left);
        return sha.digest(right);
    }

    /**
     * The root over hashes in a row. Pairing neighbours and letting a last one without a neighbour rise gives
     * the same tree as splitting at the largest power of two.
     *
     * @param hashes concatenated; overwritten
     * @param from where the first starts, bytes
     * @param count how many, at least one
     */
    byte[] root(byte[] hashes, int from, int count) {
        try {
            for (int width = count; width > 1; width = (width + 1) / 2) {
                for (int pair = 0; pair < width / 2; pair++) {
                    sha.update(NODE);
                    sha.update(hashes, from + pair * 2 * BYTES, 2 * BYTES);
                    sha.digest(hashes, from + pair * BYTES, BYTES);
                }
                if (width % 2 == 1) {
                    System.arraycopy(hashes, from + (width - 1) * BYTES, hashes, from + width / 2 * BYTES, BYTES);
                }
            }
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        byte[] root = new byte[BYTES];
        System.arraycopy(hashes, from, root, 0, BYTES);
        return root;
    }
}
