package io.regrade.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hashes that a verifier works out, by RFC 6962 section 2.1. */
final class Sha256 {

    private Sha256() {}

    static byte[] leaf(byte[] entry) {
        return of(new byte[] {0}, entry);
    }

    static byte[] children(byte[] left, byte[] right) {
        return of(new byte[] {1}, left, right);
    }

    static byte[] of(byte[]... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }

    /** The tree hash of hashes from..to, split at the largest power of two below their number. */
    static byte[] tree(byte[][] hashes, int from, int to) {
        if (to - from == 1) {
            return hashes[from];
        }
        int split = from + Integer.highestOneBit(to - from - 1);
        return children(tree(hashes, from, split), tree(hashes, split, to));
    }

    static String hex(byte[] hash) {
        return HexFormat.of().formatHex(hash);
    }
}
