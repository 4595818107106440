package io.regrade.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.decision.CanonicalJson;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/** The name of a decision, made of everything that it depends on. */
final class DecisionId {

    private static final int HEX_DIGITS = 32;

    private DecisionId() {}

    /** The id of what is decided on a machine with these facts, by this policy, on this catalogue, at this moment. */
    static String of(String vm, String factsDigest, String policyDigest, String catalogDigest, Instant time) {
        MessageDigest sha = CanonicalJson.sha256();
        for (String part : new String[] {vm, factsDigest, policyDigest, catalogDigest, time.toString()}) {
            sha.update(part.getBytes(UTF_8));
            sha.update((byte) '\n');
        }
        return HexFormat.of().formatHex(sha.digest()).substring(0, HEX_DIGITS);
    }
}
