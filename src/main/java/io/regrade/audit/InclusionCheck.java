package io.regrade.audit;

import java.util.List;
import java.util.Optional;

/** Follows an inclusion proof from a leaf to the root, by RFC 9162 section 2.1.3.2. */
final class InclusionCheck {

    private InclusionCheck() {}

    /** The root that a proof leads to; empty when it is too long or too short for the place and the tree. */
    static Optional<byte[]> root(long index, long size, byte[] leafHash, List<byte[]> proof) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        long place = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : proof) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((place & 1) == 1 || place == last) {
                hash = Sha256.children(sibling, hash);
                while ((place & 1) == 0 && place != 0) {
                    place >>= 1;
                    last >>= 1;
                }
            } else {
                hash = Sha256.children(hash, sibling);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 ? Optional.of(hash) : Optional.empty();
    }
}
