package io.regrade.offer;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that somebody is told over one channel. It is sent until it arrives or is given up; each time with the same id
 * and the same content.
 *
 * @param id 32 hexadecimal digits
 * @param channel how it is told
 * @param address the name of a webhook, or an e-mail address
 * @param type such as {@code io.regrade.offer.accepted}
 * @param offer the offer it is about
 * @param at when what it tells happened
 * @param data what it tells, JSON; null once it has arrived or was erased
 * @param state whether it has arrived
 * @param attempts how often it was tried
 * @param nextAt when it is tried again
 * @param error why the last attempt failed, null for none
 */
public record Notification(
        String id,
        Channel channel,
        String address,
        String type,
        String offer,
        Instant at,
        @Nullable String data,
        State state,
        int attempts,
        Instant nextAt,
        @Nullable String error) {

    /** How something is told. */
    public enum Channel {
        WEBHOOK,
        MAIL;

        /** As it is written, such as {@code webhook}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it has arrived. */
    public enum State {
        /** It is still to be told. */
        WAITING,
        /** It has arrived. */
        DELIVERED,
        /** It was tried often enough; somebody has to look. */
        DEAD;

        /** As it is written, such as {@code dead}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
