package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.ledger.Recommendation;
import io.regrade.ledger.WrongStateException;
import io.regrade.offer.Item;
import io.regrade.offer.Offer;
import io.regrade.offer.Offer.State;
import io.regrade.offer.OfferJson;
import io.regrade.offer.Offers.Made;
import io.regrade.offer.Recipient;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes an offer: its rows, what is told of it, and a leaf that commits to it, in one transaction. */
final class OfferMaking implements Work.Step {

    private final UUID id = UUID.randomUUID();
    private final Made made;
    private final Instant at;
    private final Notices notices;
    private final Outcome<Optional<Offer>> outcome = new Outcome<>(Optional.empty());

    OfferMaking(Made made, Instant at, Notices notices) {
        this.made = made;
        this.at = at;
        this.notices = notices;
    }

    /**
     * The offer.
     *
     * @throws RuntimeException why nothing was changed
     */
    Offer outcome() {
        return outcome.get().orElseThrow();
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        outcome.is(Optional.empty());
        WrongStateException objection = objection(connection);
        if (objection != null) {
            outcome.refuse(objection);
            return List.of();
        }
        Offer offer = new Offer(
                Encoder.id(id),
                State.OFFERED,
                made.plan(),
                made.items(),
                made.content(),
                at,
                made.by().name(),
                made.predecessor(),
                null,
                null,
                null,
                null,
                1,
                List.of());
        Salted whole = Salted.of(committed(made));
        insert(connection, whole.salt());
        OfferEvents.add(connection, id, at, "offer", made.by().name(), null, null);
        notices.add(connection, offer, State.OFFERED.key(), at);
        outcome.is(OfferRows.byId(connection, id, false));
        ObjectNode told = OfferEvents.told(offer, "offer", made.by().name());
        told.put("content", Objects.requireNonNull(whole.commitment()));
        told.put("machines", made.items().size());
        if (made.plan() != null) {
            told.put("plan", made.plan());
        }
        if (made.predecessor() != null) {
            told.put("predecessor", made.predecessor());
        }
        told.put("until", made.content().validUntil().toString());
        return List.of(OfferEvents.entry(told, at));
    }

    /** What the leaf commits to: the terms, and then each machine in a line of its own. */
    private static String committed(Made made) {
        return text(OfferJson.content(made.content()))
                + made.items().stream()
                        .map(item -> text(OfferJson.item(item)))
                        .collect(Collectors.joining("\n", "\n", ""));
    }

    private static String text(ObjectNode node) {
        return new String(CanonicalJson.bytes(node), StandardCharsets.UTF_8);
    }

    private @Nullable WrongStateException objection(Connection connection) throws SQLException {
        for (Item item : made.items()) {
            String recommendation = item.recommendation();
            if (recommendation != null) {
                Recommendation.State state = RecommendationRows.byId(connection, Encoder.uuid(recommendation), true)
                        .map(Recommendation::state)
                        .orElse(Recommendation.State.SUPERSEDED);
                if (!OfferAnswer.lives(state)) {
                    return new WrongStateException("recommendation `" + recommendation + "` is " + state.key()
                            + ", so it cannot be offered. Maybe look for a newer one of the same machine");
                }
            }
        }
        String predecessor = made.predecessor();
        return predecessor == null || follows(connection, Encoder.uuid(predecessor))
                ? null
                : new WrongStateException("offer `" + predecessor + "` has a successor already, or was not countered");
    }

    /** Makes this one the successor of the one before; false when that one waits for none. */
    private boolean follows(Connection connection, UUID predecessor) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update offer set successor = ?, followed = true, leased_until = null,"
                        + " version = version + 1 where id = ? and followed = false")) {
            update.setObject(1, id);
            update.setObject(2, predecessor);
            if (update.executeUpdate() == 0) {
                return false;
            }
        }
        OfferEvents.add(connection, predecessor, at, "follow", made.by().name(), null, null);
        return true;
    }

    private void insert(Connection connection, byte @Nullable [] salt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into offer (id, state, plan, body, salt, valid_until, price_valid_until, created_at, created_by,"
                        + " predecessor) values (?, 'offered', ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setObject(2, uuid(made.plan()));
            insert.setString(3, OfferJson.content(made.content()).toString());
            insert.setBytes(4, salt);
            insert.setTimestamp(5, Timestamp.from(made.content().validUntil()));
            insert.setTimestamp(6, Timestamp.from(made.content().priceValidUntil()));
            insert.setTimestamp(7, Timestamp.from(at));
            insert.setString(8, made.by().name());
            insert.setObject(9, uuid(made.predecessor()));
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into offer_item (offer, place, vm, recommendation, body) values (?, ?, ?, ?, ?)")) {
            int place = 0;
            for (Item item : made.items()) {
                insert.setObject(1, id);
                insert.setInt(2, place++);
                insert.setString(3, item.vm());
                insert.setObject(4, uuid(item.recommendation()));
                insert.setString(5, OfferJson.item(item).toString());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into offer_recipient (offer, name) values (?, ?) on conflict do nothing")) {
            for (Recipient one : made.content().to()) {
                insert.setObject(1, id);
                insert.setString(2, one.name());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static @Nullable UUID uuid(@Nullable String id) {
        return id == null ? null : Encoder.uuid(id);
    }
}
