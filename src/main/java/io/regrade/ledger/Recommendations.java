package io.regrade.ledger;

import io.regrade.fact.Action;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendation.Verb;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The latest advice on each machine and its life. Decisions make it, in their own transaction (see {@link Advice}); people
 * say what becomes of it. Thread-safe; everything that returns a stage fails with {@link LedgerUnavailableException} when
 * the store is away.
 */
public interface Recommendations {

    /** One of them with its history. */
    CompletionStage<Optional<Recommendation>> byId(String id);

    /** A page without histories, newest first; completes with {@link InvalidCursorException} for another list's cursor. */
    CompletionStage<Page<Recommendation>> list(Query query);

    /**
     * Says something of one, and has it logged in the same transaction.
     *
     * @return it as it is then, with its history, once that lasts; empty when there is none. Fails with {@link
     *     WrongStateException} when its state does not allow it, and {@link ExpectationFailedException} when it is not as
     *     expected; nothing is changed then
     */
    CompletionStage<Optional<Recommendation>> say(String id, Said said, Expectation expectation);

    /**
     * A machine's facts with what people said of the advice on it and what counts at a moment: dismissals, and what was
     * wanted instead of an offer. Answered from memory; what another server recorded is seen within about a second.
     */
    VmFacts said(VmFacts facts, Instant at);

    /**
     * What somebody says.
     *
     * @param verb what
     * @param by who
     * @param reason why, or a note; null for none
     * @param until when a snooze or a dismissal ends, null for what has no end
     */
    record Said(
            Verb verb,
            Asker by,
            @Nullable String reason,
            @Nullable Instant until) {}

    /**
     * A page that is asked for; what is null does not matter.
     *
     * @param vm of this machine
     * @param state in this state
     * @param action with this advice
     * @param owner of machines that this owner answers for
     * @param cloud of machines in this cloud
     * @param minSavingUsdMonth saving at least this much, US dollars a month
     * @param cursor where to begin, null for the newest
     * @param limit how many at most, at least 1
     */
    record Query(
            @Nullable String vm,
            @Nullable State state,
            @Nullable Action action,
            @Nullable String owner,
            @Nullable String cloud,
            @Nullable Double minSavingUsdMonth,
            @Nullable String cursor,
            int limit) {}
}
