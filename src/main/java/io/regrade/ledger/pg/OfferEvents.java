package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Event;
import io.regrade.ledger.log.Leaf;
import io.regrade.offer.Offer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What happened to offers: their histories and their leaves. Stateless, thread-safe. */
final class OfferEvents {

    private OfferEvents() {}

    /**
     * Adds a step to the history.
     *
     * @param salt what its leaf's commitments were salted with, null when there are none
     */
    static void add(
            Connection connection,
            UUID offer,
            Instant at,
            String what,
            String by,
            @Nullable String reason,
            byte @Nullable [] salt)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into offer_event (offer, at, what, by, reason, salt) values (?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, offer);
            insert.setTimestamp(2, Timestamp.from(at));
            insert.setString(3, what);
            insert.setString(4, by);
            insert.setString(5, reason);
            insert.setBytes(6, salt);
            insert.executeUpdate();
        }
    }

    /** What every leaf of an offer tells; more is added by who makes it. */
    static ObjectNode told(Offer offer, String what, String by) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("offer", offer.id())
                .put("what", what)
                .put("by", by);
    }

    /** The leaf's entry. */
    static byte[] entry(ObjectNode told, Instant at) {
        return Leaf.of(new Event("offer", told), at).entry();
    }
}
