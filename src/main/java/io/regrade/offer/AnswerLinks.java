package io.regrade.offer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Links with which a recipient of an offer answers it without an account: whoever has the link may. A token names the offer,
 * the recipient and when it ends, and is signed with HMAC-SHA256, so nobody else can make or change one. Immutable,
 * thread-safe; never prints its key.
 */
public final class AnswerLinks {

    private static final String ALGORITHM = "HmacSHA256";
    /** What is signed begins with it, so that the key's other signatures, if it ever has any, are no tokens. */
    private static final String PURPOSE = "regrade offer link 1\n";

    private static final int LEAST_KEY = 32;
    private static final int MOST_TOKEN = 2000;

    private final SecretKeySpec key;
    private final String base;

    /**
     * What a token stands for.
     *
     * @param offer the offer's id
     * @param recipient who may answer
     * @param until the token is worth nothing from this moment on
     */
    public record Grant(String offer, String recipient, Instant until) {}

    /**
     * Links below a URL.
     *
     * @param key 32 bytes or more
     * @param base where people reach this server, without a slash at its end
     */
    public AnswerLinks(byte[] key, String base) {
        if (key.length < LEAST_KEY) {
            throw new IllegalArgumentException("a key for links has " + LEAST_KEY + " bytes at least");
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
        this.base = base;
    }

    /** The link of one recipient; the same whenever it is asked for. */
    public String link(Grant grant) {
        return base + "/v1/offer-links/" + token(grant);
    }

    /** The token of one recipient. */
    public String token(Grant grant) {
        String said = grant.until() + "\n" + grant.offer() + "\n" + grant.recipient();
        Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
        return encoder.encodeToString(said.getBytes(UTF_8)) + "." + encoder.encodeToString(signature(said));
    }

    /** What a token stands for; empty when it was not made here, was changed, or has ended at this moment. */
    public Optional<Grant> read(String token, Instant at) {
        int dot = token.indexOf('.');
        if (dot < 0 || token.length() > MOST_TOKEN) {
            return Optional.empty();
        }
        try {
            String said = new String(Base64.getUrlDecoder().decode(token.substring(0, dot)), UTF_8);
            byte[] signature = Base64.getUrlDecoder().decode(token.substring(dot + 1));
            if (!MessageDigest.isEqual(signature, signature(said))) {
                return Optional.empty();
            }
            String[] parts = said.split("\n", 3);
            Grant grant = new Grant(parts[1], parts[2], Instant.parse(parts[0]));
            return at.isBefore(grant.until()) ? Optional.of(grant) : Optional.empty();
        } catch (IllegalArgumentException | DateTimeException | ArrayIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private byte[] signature(String said) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal((PURPOSE + said).getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
