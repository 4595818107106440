package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.ledger.log.Commitments;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What the log commits to instead of telling a text. Immutable.
 *
 * @param salt to be stored beside the text, null when there is none
 * @param commitment what the log tells, null when there is no text
 */
record Salted(byte @Nullable [] salt, @Nullable String commitment) {

    private static final SecureRandom RANDOM = new SecureRandom();

    static Salted of(@Nullable String text) {
        if (text == null) {
            return new Salted(null, null);
        }
        byte[] salt = Commitments.salt(RANDOM);
        return new Salted(salt, Commitments.commitment(salt, text.getBytes(UTF_8)));
    }
}
