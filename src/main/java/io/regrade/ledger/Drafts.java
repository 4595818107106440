package io.regrade.ledger;

import io.regrade.ledger.Draft.State;
import io.regrade.ledger.Draft.Verb;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Drafts of policies. Everything that is done with one is in its history and in the audit log, in one transaction.
 * Thread-safe; everything that returns a stage fails with {@link LedgerUnavailableException} when the store is away.
 */
public interface Drafts {

    /** Begins one; completes once it lasts. */
    CompletionStage<Draft> create(String policy, Contents contents, @Nullable String base, Remark remark);

    /** One of them with its history; empty when there is none. */
    CompletionStage<Optional<Draft>> byId(String id);

    /** A page without histories, newest first; completes with {@link InvalidCursorException} for another list's cursor. */
    CompletionStage<Page<Draft>> list(Query query);

    /**
     * Puts other files into one, which sets it back to where it began.
     *
     * @return it as it is then; empty when there is none. Fails with {@link WrongStateException} when it cannot be edited any
     *     more, and {@link ExpectationFailedException} when it is not as expected; nothing is changed then
     */
    CompletionStage<Optional<Draft>> edit(String id, Contents contents, Remark remark, Expectation expectation);

    /**
     * Does something with one; fails as {@link #edit} does.
     *
     * @return it as it is then; empty when there is none
     */
    CompletionStage<Optional<Draft>> say(String id, Said said, Expectation expectation);

    /**
     * The files of a version.
     *
     * @param digest theirs
     * @param files text by path
     * @param manifest the signed manifest, null when nobody signed them
     */
    record Contents(
            String digest,
            SortedMap<String, String> files,
            @Nullable String manifest) {
        /** Copies the map. */
        public Contents {
            files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        }
    }

    /**
     * Who does something, and why.
     *
     * @param by who
     * @param comment why, null for no word of it
     */
    record Remark(Asker by, @Nullable String comment) {}

    /**
     * What somebody does.
     *
     * @param verb what
     * @param remark who and why
     * @param digest the files that it is about: when others are in the draft by now, it fails; null for those in it
     * @param passed the outcome of a check or a test
     * @param approvals for an approval, how many others than the authors have to approve; 0 lets them approve themselves
     * @param supersede for an activation, whether it may replace a version that the draft was not begun from
     */
    record Said(Verb verb, Remark remark, @Nullable String digest, boolean passed, int approvals, boolean supersede) {

        /** What needs nothing else to be known. */
        public static Said plain(Verb verb, Remark remark) {
            return new Said(verb, remark, null, true, 0, false);
        }

        /** What a check, a test or a measurement came to. */
        public static Said outcome(Verb verb, Remark remark, String digest, boolean passed) {
            return new Said(verb, remark, digest, passed, 0, false);
        }

        /** An approval. */
        public static Said approval(Remark remark, int approvals) {
            return new Said(Verb.APPROVE, remark, null, true, approvals, false);
        }

        /** An activation of these files. */
        public static Said activation(Remark remark, String digest, boolean supersede) {
            return new Said(Verb.ACTIVATE, remark, digest, true, 0, supersede);
        }
    }

    /**
     * A page that is asked for; what is null does not matter.
     *
     * @param policy of this policy
     * @param state in this state
     * @param cursor where to begin, null for the newest
     * @param limit how many at most, at least 1
     */
    record Query(
            @Nullable String policy,
            @Nullable State state,
            @Nullable String cursor,
            int limit) {}
}
