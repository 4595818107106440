package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.ledger.log.Commitments;
import io.regrade.offer.Offer;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Notes, once, that nothing follows a countered offer, tells why, and has the log tell that it is so. */
final class OfferLeft implements Work.Step {

    private final UUID id;
    private final String why;
    private final Instant at;
    private final Notices notices;

    OfferLeft(UUID id, String why, Instant at, Notices notices) {
        this.id = id;
        this.why = why;
        this.at = at;
        this.notices = notices;
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update offer set followed = true, leased_until = null,"
                        + " version = version + 1 where id = ? and followed = false")) {
            update.setObject(1, id);
            if (update.executeUpdate() == 0) {
                return List.of();
            }
        }
        byte[] salt = Commitments.salt(new SecureRandom());
        OfferEvents.add(connection, id, at, "leave", "server", why, salt);
        Offer after = OfferRows.byId(connection, id, false).orElseThrow();
        notices.add(connection, after, "left", at);
        return List.of(OfferEvents.entry(
                OfferEvents.told(after, "leave", "server")
                        .put("reason", Commitments.commitment(salt, why.getBytes(UTF_8))),
                at));
    }
}
