package io.regrade.ledger.log;

import io.regrade.tlog.SigningKey;
import java.time.Instant;

/** Passes the log on from one key to the next. */
public final class KeyRotation {

    private static final String HEADER = "regrade key-rotation@v1";

    private KeyRotation() {}

    /**
     * The leaf that says so; every checkpoint whose tree holds it is to be signed with the new key.
     *
     * @throws IllegalArgumentException when the keys have different names, which would make it another log
     */
    public static Leaf leaf(Instant at, SigningKey from, SigningKey to) {
        String old = from.verifier().toString();
        String next = to.verifier().toString();
        if (!from.verifier().name().equals(to.verifier().name())) {
            throw new IllegalArgumentException(
                    "the new key is named `" + to.verifier().name() + "`, the old one `"
                            + from.verifier().name() + "`: a log keeps its name");
        }
        String signature = from.sign(statement(old, next, at.toString())).base64();
        return Leaf.leaf(
                Leaf.node("key-rotation", at).put("old", old).put("new", next).put("signature", signature));
    }

    /** What the old key signs. Its second line is no number, so it can never pass for a checkpoint. */
    private static String statement(String old, String next, String at) {
        return HEADER + "\n" + old + "\n" + next + "\n" + at + "\n";
    }
}
