package io.regrade.execute.webhook;

/** Signs what is sent. Thread-safe. */
@FunctionalInterface
public interface Signer {

    /**
     * The value of {@code webhook-signature}.
     *
     * @param id the event's id
     * @param seconds when it is sent, seconds since 1970
     */
    String of(String id, String seconds, String body);
}
