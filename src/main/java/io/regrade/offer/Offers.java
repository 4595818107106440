package io.regrade.offer;

import io.regrade.ledger.Asker;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Page;
import io.regrade.offer.Offer.Counter;
import io.regrade.offer.Offer.State;
import io.regrade.offer.Offer.Verb;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The offers. Every step is stored with its leaf of the audit log and with what people are told of it, all or nothing.
 * Thread-safe; everything that returns a stage fails with {@link io.regrade.ledger.LedgerUnavailableException} when the
 * store is away.
 */
public interface Offers {

    /**
     * Makes an offer.
     *
     * @return it, once it lasts. Fails with {@link io.regrade.ledger.WrongStateException} when a recommendation in it is
     *     closed, or its predecessor has a successor already; nothing is changed then
     */
    CompletionStage<Offer> make(Made made);

    /** One of them with its history. */
    CompletionStage<Optional<Offer>> byId(String id);

    /** A page without histories, newest first; fails with {@link io.regrade.ledger.InvalidCursorException}. */
    CompletionStage<Page<Offer>> list(Query query);

    /**
     * Says something of one. Whoever accepts approves the recommendations that it offers.
     *
     * @return it as it is then, with its history, once that lasts; empty when there is none. Fails with {@link
     *     io.regrade.ledger.WrongStateException} when its state, its time or its advice does not allow it, and {@link
     *     io.regrade.ledger.ExpectationFailedException} when it is not as expected
     */
    CompletionStage<Optional<Offer>> say(String id, Said said, Expectation expectation);

    /**
     * Takes countered offers that were not followed up yet, so that nobody else does for a while.
     *
     * @param lease for how long they are taken
     */
    CompletionStage<List<Offer>> takeCountered(int most, Duration lease);

    /** Notes that no offer follows a countered one, and why. */
    CompletionStage<Void> leave(String id, String why);

    /**
     * An offer to be made.
     *
     * @param plan the plan whose share it is, null when it is of recommendations
     * @param items what is offered
     * @param content to whom and under what terms
     * @param predecessor the countered offer that it follows, null for none
     * @param by who makes it
     */
    record Made(
            @Nullable String plan,
            List<Item> items,
            Offer.Content content,
            @Nullable String predecessor,
            Asker by) {

        /** Copies the list. */
        public Made {
            items = List.copyOf(items);
        }
    }

    /**
     * What somebody says.
     *
     * @param verb what
     * @param by who
     * @param reason why, or a note; null for none
     * @param counter what is wanted instead, null unless it is countered
     */
    record Said(
            Verb verb,
            Asker by,
            @Nullable String reason,
            @Nullable Counter counter) {}

    /**
     * A page that is asked for; what is null does not matter.
     *
     * @param state in this state
     * @param vm with this machine in it
     * @param to offered to this recipient
     * @param plan a share of this plan
     * @param cursor where to begin, null for the newest
     * @param limit how many at most, at least 1
     */
    record Query(
            @Nullable State state,
            @Nullable String vm,
            @Nullable String to,
            @Nullable String plan,
            @Nullable String cursor,
            int limit) {}
}
