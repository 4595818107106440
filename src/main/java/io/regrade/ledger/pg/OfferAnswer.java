package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.Recommendations;
import io.regrade.ledger.WrongStateException;
import io.regrade.ledger.log.Commitments;
import io.regrade.offer.Item;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.Counter;
import io.regrade.offer.Offer.State;
import io.regrade.offer.Offer.Verb;
import io.regrade.offer.OfferJson;
import io.regrade.offer.Offers.Said;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What somebody says of an offer: its state, its history, what is told of it, the approval of what it offers, and the leaves,
 * in one transaction. An offer whose time or advice is over is closed by whoever comes too late.
 */
final class OfferAnswer implements Work.Step {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final UUID id;
    private final Said said;
    private final Expectation expectation;
    private final Instant at;
    private final Notices notices;
    private final Outcome<Optional<Offer>> outcome = new Outcome<>(Optional.empty());

    OfferAnswer(UUID id, Said said, Expectation expectation, Instant at, Notices notices) {
        this.id = id;
        this.said = said;
        this.expectation = expectation;
        this.at = at;
        this.notices = notices;
    }

    /**
     * The offer as it is after it; empty when there is none.
     *
     * @throws RuntimeException why it was not said
     */
    Optional<Offer> outcome() {
        return outcome.get();
    }

    /** Whether advice in this state can be carried out one day. */
    static boolean lives(Recommendation.State state) {
        return state == Recommendation.State.OPEN
                || state == Recommendation.State.SNOOZED
                || state == Recommendation.State.APPROVED;
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        outcome.is(Optional.empty());
        Optional<Offer> found = OfferRows.byId(connection, id, true);
        if (found.isEmpty()) {
            return List.of();
        }
        Offer before = found.get();
        RuntimeException objection = objection(before);
        if (objection != null) {
            outcome.refuse(objection);
            return List.of();
        }
        if (said.verb() != Verb.EXPIRE && !at.isBefore(before.content().validUntil())) {
            List<byte[]> leaves = close(connection, before, new Said(Verb.EXPIRE, Asker.SERVER, null, null));
            outcome.refuse(new WrongStateException("offer `" + before.id() + "` expired at "
                    + before.content().validUntil() + ". Maybe ask for a new one"));
            return leaves;
        }
        if (said.verb() != Verb.ACCEPT) {
            List<byte[]> leaves = close(connection, before, said);
            outcome.is(OfferRows.byId(connection, id, false));
            return leaves;
        }
        return accept(connection, before);
    }

    private List<byte[]> accept(Connection connection, Offer before) throws SQLException {
        String changed = changed(connection, before);
        if (changed != null) {
            Said gone = new Said(Verb.WITHDRAW, Asker.SERVER, "the advice has changed", null);
            List<byte[]> leaves = close(connection, before, gone);
            outcome.refuse(new WrongStateException("offer `" + before.id() + "` is withdrawn: the advice on `" + changed
                    + "` has changed since. Maybe look for a newer recommendation"));
            return leaves;
        }
        List<byte[]> leaves = new ArrayList<>(close(connection, before, said));
        for (Item item : before.items()) {
            if (item.recommendation() != null) {
                leaves.addAll(approve(connection, before, Encoder.uuid(item.recommendation())));
            }
        }
        outcome.is(OfferRows.byId(connection, id, false));
        return leaves;
    }

    private List<byte[]> approve(Connection connection, Offer offer, UUID recommendation) throws SQLException {
        Recommendations.Said approval = new Recommendations.Said(
                Recommendation.Verb.APPROVE, said.by(), "accepted with offer " + offer.id(), null);
        Saying saying = new Saying(recommendation, approval, Expectation.NONE, at);
        // One that is approved already stays so; that it lives was looked at before, under its lock.
        return saying.run(connection);
    }

    /** The first machine whose advice is closed, null when there is none; what lives is locked. */
    private static @Nullable String changed(Connection connection, Offer offer) throws SQLException {
        for (Item item : offer.items()) {
            if (item.recommendation() != null) {
                Optional<Recommendation> held =
                        RecommendationRows.byId(connection, Encoder.uuid(item.recommendation()), true);
                if (held.isEmpty() || !lives(held.get().state())) {
                    return item.vm();
                }
            }
        }
        return null;
    }

    private @Nullable RuntimeException objection(Offer before) {
        if (!expectation.holds(Optional.of(before.tag()))) {
            return new ExpectationFailedException("offer `" + before.id()
                    + "` has changed since. Maybe read it again, it has the tag `" + before.tag() + "` now");
        }
        if (before.state() != State.OFFERED) {
            return new WrongStateException("offer `" + before.id() + "` is "
                    + before.state().key()
                    + (before.by() == null ? "" : " by " + before.by()) + ", so `"
                    + said.verb().key() + "` is not possible. "
                    + (before.successor() == null
                            ? "Maybe ask for a new one: this one is closed"
                            : "Maybe look at `" + before.successor() + "`, which follows it"));
        }
        if (before.items().isEmpty() && said.verb() == Verb.ACCEPT) {
            return new WrongStateException("what offer `" + before.id() + "` offered was erased. Maybe withdraw it");
        }
        boolean priced = at.isBefore(before.content().priceValidUntil())
                || !at.isBefore(before.content().validUntil());
        return said.verb() != Verb.ACCEPT || priced
                ? null
                : new WrongStateException("the price of offer `" + before.id() + "` was valid until "
                        + before.content().priceValidUntil() + ". Maybe `counter` it: a new offer follows");
    }

    /** Brings it into its last state and tells of it. */
    private List<byte[]> close(Connection connection, Offer before, Said how) throws SQLException {
        Counter counter = how.counter();
        String by = how.by().name();
        try (PreparedStatement update = connection.prepareStatement(
                "update offer set state = ?, by = ?, reason = ?, counter = ?, counter_until = ?, followed = ?,"
                        + " noticed = " + (counter == null ? "noticed" : "(select size from log_head)")
                        + ", version = version + 1 where id = ?")) {
            update.setString(1, how.verb().leadsTo().key());
            update.setString(2, by);
            update.setString(3, how.reason());
            update.setString(
                    4, counter == null ? null : OfferJson.terms(counter.terms()).toString());
            update.setTimestamp(5, counter == null ? null : Timestamp.from(counter.until()));
            update.setObject(6, counter == null ? null : Boolean.FALSE, java.sql.Types.BOOLEAN);
            update.setObject(7, id);
            update.executeUpdate();
        }
        byte[] salt = how.reason() == null && counter == null ? null : Commitments.salt(RANDOM);
        OfferEvents.add(connection, id, at, how.verb().key(), by, how.reason(), salt);
        Offer after = OfferRows.byId(connection, id, false).orElseThrow();
        notices.add(connection, after, after.state().key(), at);
        ObjectNode told = OfferEvents.told(before, how.verb().key(), by);
        if (salt != null && how.reason() != null) {
            told.put("reason", Commitments.commitment(salt, how.reason().getBytes(UTF_8)));
        }
        if (salt != null && counter != null) {
            told.put("counter", Commitments.commitment(salt, CanonicalJson.bytes(OfferJson.counter(counter))));
            told.put("until", counter.until().toString());
        }
        return List.of(OfferEvents.entry(told, at));
    }
}
