package io.regrade.ledger.pg;

import io.regrade.fact.Action;
import io.regrade.fact.CounterOffer;
import io.regrade.fact.Dismissal;
import io.regrade.fact.VmFacts;
import io.regrade.offer.OfferJson;
import io.regrade.offer.Terms;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What people said of the advice on machines and what rules are to know of, in memory. Thread-safe. */
final class Heard {

    private final DatedFacts<Dismissal> dismissals = new DatedFacts<>(
            "select noticed, vm, id, state, action, target, until, by, reason from recommendation"
                    + " where noticed > ? order by noticed",
            Heard::dismissal,
            Dismissal::until);
    private final DatedFacts<Countered> counters = new DatedFacts<>(
            "select o.noticed, i.vm, o.id, o.counter, o.counter_until, o.by, i.body"
                    + " from offer o join offer_item i on i.offer = o.id where o.noticed > ? order by o.noticed",
            Heard::counter,
            one -> one.fact.until());

    /** A counter-offer, and the log's size when it was made: the largest is the newest. */
    private record Countered(long noticed, CounterOffer fact) {}

    /** The facts with what was said and counts at a moment; of what was wanted instead, the newest. */
    VmFacts on(VmFacts facts, Instant at) {
        String vm = facts.vm().id();
        CounterOffer newest = counters.of(vm, at).stream()
                .max(Comparator.comparingLong(Countered::noticed))
                .map(Countered::fact)
                .orElse(null);
        return facts.said(dismissals.of(vm, at), newest);
    }

    /** Reads what was said or erased since the last time. */
    void catchUp(Connection connection, Instant now) throws SQLException {
        dismissals.catchUp(connection, now);
        counters.catchUp(connection, now);
    }

    private static @Nullable Dismissal dismissal(ResultSet row) throws SQLException {
        String reason = row.getString("reason");
        Timestamp until = row.getTimestamp("until");
        return !row.getString("state").equals("dismissed") || reason == null || until == null
                ? null
                : new Dismissal(
                        Action.values()[row.getInt("action")],
                        row.getString("target"),
                        until.toInstant(),
                        row.getString("by"),
                        reason);
    }

    private static @Nullable Countered counter(ResultSet row) throws SQLException {
        String counter = row.getString("counter");
        if (counter == null || row.getString("body") == null) {
            return null; // erased since
        }
        Terms terms = OfferJson.terms(OfferRows.json(counter));
        CounterOffer fact = new CounterOffer(
                Set.copyOf(terms.families()),
                terms.maxPriceUsdMonth(),
                Set.copyOf(terms.windows()),
                terms.notBefore(),
                row.getTimestamp("counter_until").toInstant(),
                row.getString("by"));
        return new Countered(row.getLong("noticed"), fact);
    }
}
