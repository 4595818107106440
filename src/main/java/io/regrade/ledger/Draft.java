package io.regrade.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A version of a policy that is to decide one day, and what was done with it.
 *
 * @param id 32 hexadecimal digits
 * @param policy the policy's name
 * @param state where it stands
 * @param digest the digest of its files as they are now
 * @param base the digest of the version it was begun from, null for none
 * @param manifest the signed manifest of its files, null when nobody signed them as they are now
 * @param author who began it
 * @param createdAt when it was begun
 * @param changedAt when something was last done with it
 * @param version a number that grows with each change
 * @param history everything that was done with it, oldest first; empty in lists
 */
public record Draft(
        String id,
        String policy,
        State state,
        String digest,
        @Nullable String base,
        @Nullable String manifest,
        String author,
        Instant createdAt,
        Instant changedAt,
        long version,
        List<Step> history) {

    /** What a draft's first step is called. */
    public static final String CREATE = "create";

    /** Copies the list. */
    public Draft {
        history = List.copyOf(history);
    }

    /** What can be done with it. */
    public enum Verb {
        /** Its files are changed. */
        EDIT,
        /** It is compiled, and everything that is wrong with it is told. */
        CHECK,
        /** Its own tests are run. */
        TEST,
        /** What it would decide otherwise is measured. */
        IMPACT,
        /** It is handed in for approval. */
        SUBMIT,
        APPROVE,
        /** It is handed back to its authors. */
        REJECT,
        /** It is given up. */
        WITHDRAW,
        /** It decides from now on. */
        ACTIVATE;

        /** As it is written, such as {@code approve}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Where it stands. */
    public enum State {
        DRAFT(EnumSet.of(Verb.EDIT, Verb.CHECK, Verb.WITHDRAW)),
        CHECKED(EnumSet.of(Verb.EDIT, Verb.CHECK, Verb.TEST, Verb.IMPACT, Verb.WITHDRAW)),
        TESTED(EnumSet.of(Verb.EDIT, Verb.CHECK, Verb.TEST, Verb.IMPACT, Verb.SUBMIT, Verb.WITHDRAW)),
        SUBMITTED(EnumSet.of(Verb.EDIT, Verb.IMPACT, Verb.APPROVE, Verb.REJECT, Verb.WITHDRAW)),
        APPROVED(EnumSet.of(Verb.EDIT, Verb.IMPACT, Verb.REJECT, Verb.ACTIVATE, Verb.WITHDRAW)),
        /** It decides. */
        ACTIVE(EnumSet.noneOf(Verb.class)),
        /** It decided once. */
        REPLACED(EnumSet.noneOf(Verb.class)),
        WITHDRAWN(EnumSet.noneOf(Verb.class));

        private final Set<Verb> allowed;

        State(Set<Verb> allowed) {
            this.allowed = allowed;
        }

        /** As it is written, such as {@code draft}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** What can be done with it now. */
        public Set<Verb> allowed() {
            return EnumSet.copyOf(allowed.isEmpty() ? EnumSet.noneOf(Verb.class) : allowed);
        }

        /** What has to be done before something can be, in this order; empty when it is possible now, or never again. */
        public List<Verb> missing(Verb verb) {
            List<Verb> way = List.of(Verb.CHECK, Verb.TEST, Verb.SUBMIT, Verb.APPROVE, Verb.ACTIVATE);
            int to = verb == Verb.IMPACT ? 1 : verb == Verb.REJECT ? 3 : way.indexOf(verb);
            return allowed.isEmpty() || ordinal() >= to ? List.of() : way.subList(ordinal(), to);
        }
    }

    /**
     * Something that was done with it.
     *
     * @param what such as {@code create}, {@code edit} or {@code approve}
     * @param by who did it
     * @param at when
     * @param digest the digest of its files then, for an edit after it
     * @param outcome {@code passed} or {@code failed} for a check or a test, null for what has none
     * @param comment why, in the words of who did it, null for none
     */
    public record Step(
            String what,
            String by,
            Instant at,
            String digest,
            @Nullable String outcome,
            @Nullable String comment) {

        boolean is(Verb verb) {
            return what.equals(verb.key());
        }
    }

    /** Its tag: another one whenever it differs. */
    public String tag() {
        return id + "-" + version;
    }

    /** Everyone who began or edited it, as they are compared: see {@link #person}. */
    public Set<String> authors() {
        Set<String> authors = new LinkedHashSet<>();
        authors.add(person(author));
        for (Step step : history) {
            if (step.what().equals(CREATE) || step.is(Verb.EDIT)) {
                authors.add(person(step.by()));
            }
        }
        return authors;
    }

    /** Who approved it since it was last handed in. */
    public List<String> approvers() {
        List<String> approvers = new ArrayList<>();
        for (Step step : history) {
            if (step.is(Verb.SUBMIT) || step.is(Verb.EDIT) || step.is(Verb.REJECT)) {
                approvers.clear();
            } else if (step.is(Verb.APPROVE)) {
                approvers.add(step.by());
            }
        }
        return approvers;
    }

    /** A name as names are compared: in whatever case somebody writes it, it is one person. */
    public static String person(String name) {
        return name.strip().toLowerCase(Locale.ROOT);
    }
}
