package io.regrade.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.decision.CanonicalJson;
import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * The share of a policy's machines that a version on trial decides. A machine is placed between 0 and 100 by the first 53
 * bits of the SHA-256 of the version's digest, a line feed and the machine's id, and is within the share when its place is
 * below it: so it stays within while the share grows, and another version begins with other machines. Immutable.
 *
 * @param percent from 0 to 100
 */
public record VmShare(double percent) {

    private static final int UNUSED_BITS = 11;
    private static final double STEPS = 1L << 53;
    private static final double ALL = 100;

    /** Checks the share: a {@link RefusedException} says what it may be. */
    public VmShare {
        if (!(percent >= 0 && percent <= ALL)) {
            throw RefusedException.invalid(
                    Refusal.pointer("/share", "`" + percent + "` is no share. Maybe `10`: it is in percent, 0 to 100"));
        }
    }

    /** Whether a machine is within it. */
    public boolean has(String digest, String vm) {
        return place(digest, vm) < percent;
    }

    /** From 0 to below 100. */
    static double place(String digest, String vm) {
        MessageDigest sha = CanonicalJson.sha256();
        sha.update((digest + "\n" + vm).getBytes(UTF_8));
        return (ByteBuffer.wrap(sha.digest()).getLong() >>> UNUSED_BITS) / STEPS * ALL;
    }
}
