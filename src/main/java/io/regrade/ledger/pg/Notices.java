package io.regrade.ledger.pg;

import io.regrade.offer.Notification.Channel;
import io.regrade.offer.Offer;
import io.regrade.offer.OfferJson;
import io.regrade.offer.Recipient;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** Puts into the outbox what people are told of a step, in the step's transaction. Immutable. */
final class Notices {

    private final Set<String> always;

    /** Notices that these webhooks always get, and besides whoever an offer names. */
    Notices(Set<String> always) {
        this.always = Set.copyOf(always);
    }

    private record Told(Channel channel, String address) {}

    /** Tells of a step; {@code offer} is as it is after it, and {@code what} such as {@code accepted}. */
    void add(Connection connection, Offer offer, String what, Instant at) throws SQLException {
        Set<Told> told = new LinkedHashSet<>();
        always.stream().sorted().forEach(name -> told.add(new Told(Channel.WEBHOOK, name)));
        for (Recipient one : offer.content().to()) {
            if (one.webhook() != null) {
                told.add(new Told(Channel.WEBHOOK, one.webhook()));
            }
            if (one.email() != null) {
                told.add(new Told(Channel.MAIL, one.email()));
            }
        }
        if (told.isEmpty()) {
            return;
        }
        String data = OfferJson.offer(offer).toString();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into notification (id, channel, address, type, offer, at, data, next_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (Told one : told) {
                insert.setObject(1, UUID.randomUUID());
                insert.setString(2, one.channel().key());
                insert.setString(3, one.address());
                insert.setString(4, "io.regrade.offer." + what);
                insert.setObject(5, Encoder.uuid(offer.id()));
                insert.setTimestamp(6, Timestamp.from(at));
                insert.setString(7, data);
                insert.setTimestamp(8, Timestamp.from(at));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
