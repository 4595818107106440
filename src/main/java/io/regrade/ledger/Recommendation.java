package io.regrade.ledger;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Action;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Advice on one machine, and what became of it.
 *
 * @param id 32 hexadecimal digits
 * @param vm the machine
 * @param state where it stands
 * @param action what is advised
 * @param target the id of the advised target, null when there is none or it was erased
 * @param owner who answers for the machine, null when unknown or erased
 * @param cloud the machine's cloud, null when unknown or erased
 * @param savingUsdMonth what it saves, US dollars a month; NaN when unknown or erased
 * @param advice what else the last decision says: {@code why}, {@code target}, {@code configuration},
 *     {@code price_usd_month_now}, {@code risk_level}, {@code policy}; null when it was erased
 * @param decision the id of the last decision that advises it
 * @param decidedAt the moment that decision is for
 * @param openedAt when it was first advised
 * @param confirmedAt when it was last advised
 * @param confirmations how often it was advised again
 * @param until when a snooze or a dismissal ends, null for none
 * @param by who spoke last, null when nobody has
 * @param reason what that person gave as reason, null for none or when it was erased
 * @param supersededBy the id of the recommendation in its place, null for none
 * @param version a number that grows with each change
 * @param erased that its content was erased
 * @param history everything that happened to it, oldest first; empty in lists
 */
public record Recommendation(
        String id,
        String vm,
        State state,
        Action action,
        @Nullable String target,
        @Nullable String owner,
        @Nullable String cloud,
        double savingUsdMonth,
        @Nullable ObjectNode advice,
        String decision,
        Instant decidedAt,
        Instant openedAt,
        Instant confirmedAt,
        int confirmations,
        @Nullable Instant until,
        @Nullable String by,
        @Nullable String reason,
        @Nullable String supersededBy,
        long version,
        boolean erased,
        List<Step> history) {

    /** Copies the list. */
    public Recommendation {
        history = List.copyOf(history);
    }

    /** What somebody can say of it. */
    public enum Verb {
        /** It is to be carried out. */
        APPROVE(State.APPROVED),
        /** It is not to be carried out, and not to be advised again before a moment. */
        DISMISS(State.DISMISSED),
        /** Not now. */
        SNOOZE(State.SNOOZED),
        /** It was carried out. */
        EXECUTE(State.EXECUTED);

        private final State leadsTo;

        Verb(State leadsTo) {
            this.leadsTo = leadsTo;
        }

        /** The state it is in then. */
        public State leadsTo() {
            return leadsTo;
        }

        /** As it is written, such as {@code approve}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where it stands. */
    public enum State {
        OPEN,
        SNOOZED,
        APPROVED,
        /** Until a moment; then it stays in this state and counts no more. */
        DISMISSED,
        /** The advice has changed or is no longer given. */
        SUPERSEDED,
        /** Nobody cared, and it was not advised again for long. */
        EXPIRED,
        EXECUTED;

        /** As it is written, such as {@code open}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What can be said of it now. */
        public Set<Verb> allowed() {
            return switch (this) {
                case OPEN, SNOOZED -> EnumSet.of(Verb.APPROVE, Verb.DISMISS, Verb.SNOOZE);
                case APPROVED -> EnumSet.of(Verb.DISMISS, Verb.EXECUTE);
                case DISMISSED -> EnumSet.of(Verb.DISMISS);
                case SUPERSEDED, EXPIRED, EXECUTED -> EnumSet.noneOf(Verb.class);
            };
        }
    }

    /**
     * Something that happened to it.
     *
     * @param what such as {@code opened}, {@code dismiss} or {@code superseded}
     * @param by who did it, {@code server} for what follows from a decision or from time
     * @param at when
     * @param decision the decision it follows from, null for none
     * @param reason why, in the words of who did it, null for none or when it was erased
     * @param until until when, null for none
     */
    public record Step(
            String what,
            String by,
            Instant at,
            @Nullable String decision,
            @Nullable String reason,
            @Nullable Instant until) {}

    /** The decision that was approved last, as far as its history is known; null when none was. */
    public @Nullable String approvedDecision() {
        return history.stream()
                .filter(step -> step.what().equals(Verb.APPROVE.key()))
                .reduce((first, second) -> second)
                .map(Step::decision)
                .orElse(null);
    }

    /**
     * What can be said of it now, its history being known: what its state allows; and approved again, when it was advised anew
     * since it was approved, as what is carried out is the decision that was approved.
     */
    public Set<Verb> allowed() {
        Set<Verb> allowed = state.allowed();
        if (state == State.APPROVED && !decision.equals(approvedDecision())) {
            allowed.add(Verb.APPROVE);
        }
        return allowed;
    }

    /** Its tag: another one whenever it differs. */
    public String tag() {
        return id + "-" + version;
    }
}
