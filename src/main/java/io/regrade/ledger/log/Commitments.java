package io.regrade.ledger.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What a decision's leaf says of its payload without telling it: {@code sha256(salt ‖ bytes)} in hexadecimal. Whoever
 * has payload and salt can check it; once the salt is erased, nobody can guess the payload from it.
 *
 * @param facts over the ASCII text of the facts' digest, {@code sha256:…}
 * @param trace over the canonical JSON of the trace
 * @param result over the canonical JSON of the decision with all of its explanation, without the trace
 * @param vm over the UTF-8 text of the machine's id
 */
public record Commitments(String facts, String trace, String result, String vm) {

    /** Bytes of a salt. */
    public static final int SALT_BYTES = 32;

    /** A new salt. */
    public static byte[] salt(SecureRandom random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    /**
     * The commitments of a decision.
     *
     * @param full as {@link io.regrade.decision.DecisionJson.Detail#FULL} writes it; not changed
     */
    public static Commitments of(byte[] salt, ObjectNode full) {
        ObjectNode result = full.objectNode();
        result.setAll(full);
        byte[] trace = CanonicalJson.bytes(result.remove("trace"));
        String facts = result.path("facts").textValue();
        String vm = result.path("vm").textValue();
        return of(salt, facts, trace, CanonicalJson.bytes(result), vm);
    }

    /** The commitments of a decision whose canonical JSON is at hand already. */
    public static Commitments of(byte[] salt, String facts, byte[] trace, byte[] result, String vm) {
        return new Commitments(
                commitment(salt, facts.getBytes(US_ASCII)),
                commitment(salt, trace),
                commitment(salt, result),
                commitment(salt, vm.getBytes(UTF_8)));
    }

    /** {@code sha256(salt ‖ bytes)}, 64 hexadecimal digits. */
    public static String commitment(byte[] salt, byte[] bytes) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes, not " + salt.length);
        }
        MessageDigest sha = CanonicalJson.sha256();
        sha.update(salt);
        return HexFormat.of().formatHex(sha.digest(bytes));
    }
}
