package io.regrade.offer.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs what is sent to a webhook, as Standard Webhooks says: HMAC-SHA256 over {@code id.timestamp.body}, written {@code
 * v1,} and Base64. Immutable, thread-safe; never prints its secret.
 */
public final class WebhookSignature {

    private static final String ALGORITHM = "HmacSHA256";
    private static final String SECRET = "whsec_";

    private final SecretKeySpec key;

    /**
     * A signature with a secret.
     *
     * @param secret {@code whsec_} and Base64
     * @throws IllegalArgumentException when it is not so; the message does not repeat it
     */
    public WebhookSignature(String secret) {
        byte[] bytes;
        try {
            bytes = secret.startsWith(SECRET)
                    ? Base64.getDecoder().decode(secret.substring(SECRET.length()))
                    : new byte[0];
        } catch (IllegalArgumentException e) {
            bytes = new byte[0];
        }
        if (bytes.length == 0) {
            throw new IllegalArgumentException("the secret is not `" + SECRET + "` and Base64");
        }
        this.key = new SecretKeySpec(bytes, ALGORITHM);
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param id the value of {@code webhook-id}
     * @param seconds the value of {@code webhook-timestamp}, seconds since 1970
     */
    public String of(String id, String seconds, String body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] signed = mac.doFinal((id + "." + seconds + "." + body).getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(signed);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }
}
