package io.regrade.offer;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An offer and what became of it.
 *
 * @param id 32 hexadecimal digits
 * @param state where it stands
 * @param plan the plan whose share it is, null when it is of recommendations
 * @param items what is offered, one entry for each machine; what was erased is not there
 * @param content to whom and under what terms
 * @param createdAt when it was made
 * @param createdBy who made it
 * @param predecessor the offer that was countered, null for none
 * @param successor the offer that followed, null for none
 * @param by who spoke last, null when nobody has
 * @param reason what that person gave as reason, null for none or when it was erased
 * @param counter what was wanted instead, null for nothing
 * @param version a number that grows with each change
 * @param history everything that happened to it, oldest first; empty in lists
 */
public record Offer(
        String id,
        State state,
        @Nullable String plan,
        List<Item> items,
        Content content,
        Instant createdAt,
        String createdBy,
        @Nullable String predecessor,
        @Nullable String successor,
        @Nullable String by,
        @Nullable String reason,
        @Nullable Counter counter,
        long version,
        List<Step> history) {

    /** Copies the lists. */
    public Offer {
        items = List.copyOf(items);
        history = List.copyOf(history);
    }

    /**
     * To whom and under what terms.
     *
     * @param to who is asked; the first who answers answers for all
     * @param conditions how the move is done
     * @param agreements what holds after it
     * @param validUntil nobody can answer from this moment on
     * @param priceValidUntil nobody can accept from this moment on; not after {@code validUntil}
     */
    public record Content(
            List<Recipient> to,
            Terms conditions,
            List<Agreement> agreements,
            Instant validUntil,
            Instant priceValidUntil) {

        /** Copies the lists. */
        public Content {
            to = List.copyOf(to);
            agreements = List.copyOf(agreements);
        }
    }

    /**
     * What somebody wants instead.
     *
     * @param terms how it should be
     * @param until rules know of it until this moment
     */
    public record Counter(Terms terms, Instant until) {}

    /** What somebody can say of it. */
    public enum Verb {
        /** It is to be done as it is offered. */
        ACCEPT(State.ACCEPTED),
        /** It is not to be done. */
        REFUSE(State.REFUSED),
        /** It would be done under other terms. */
        COUNTER(State.COUNTERED),
        /** Whoever offered it takes it back. */
        WITHDRAW(State.WITHDRAWN),
        /** Its time is over; the server says so. */
        EXPIRE(State.EXPIRED);

        private final State leadsTo;

        Verb(State leadsTo) {
            this.leadsTo = leadsTo;
        }

        /** The state it is in then. */
        public State leadsTo() {
            return leadsTo;
        }

        /** As it is written, such as {@code accept}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where it stands. Whatever is not offered any more stays as it is for ever. */
    public enum State {
        OFFERED,
        ACCEPTED,
        REFUSED,
        COUNTERED,
        EXPIRED,
        WITHDRAWN;

        /** As it is written, such as {@code offered}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What people can say of it now. */
        public Set<Verb> allowed() {
            return this == OFFERED
                    ? EnumSet.of(Verb.ACCEPT, Verb.REFUSE, Verb.COUNTER, Verb.WITHDRAW)
                    : EnumSet.noneOf(Verb.class);
        }
    }

    /**
     * Something that happened to it.
     *
     * @param what such as {@code offer}, {@code accept} or {@code follow}
     * @param by who did it, {@code server} for what follows by itself
     * @param at when
     * @param reason why, null for none or when it was erased
     */
    public record Step(
            String what, String by, Instant at, @Nullable String reason) {}

    /** The same offer of these machines. */
    public Offer of(List<Item> other) {
        return new Offer(
                id,
                state,
                plan,
                other,
                content,
                createdAt,
                createdBy,
                predecessor,
                successor,
                by,
                reason,
                counter,
                version,
                history);
    }

    /** Its tag: another one whenever it differs. */
    public String tag() {
        return id + "-" + version;
    }
}
