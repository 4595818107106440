package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Event;
import io.regrade.ledger.Instantiations.Made;
import io.regrade.ledger.WrongStateException;
import io.regrade.ledger.log.Leaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The servers of a machine that was made are given back, with a leaf of the log, in one transaction. */
final class Releasing implements Work.Step {

    private final UUID id;
    private final String by;
    private final Instant at;
    private final Outcome<Optional<Made>> outcome = new Outcome<>(Optional.empty());

    Releasing(UUID id, String by, Instant at) {
        this.id = id;
        this.by = by;
        this.at = at;
    }

    /**
     * What was given back; empty when there is none.
     *
     * @throws WrongStateException when that was done before
     */
    Optional<Made> outcome() {
        return outcome.get();
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        outcome.is(Optional.empty());
        try (PreparedStatement made = connection.prepareStatement(
                        "update instantiation set state = 'released', released_at = ? where id = ? and state = 'active'");
                PreparedStatement parts = connection.prepareStatement(
                        "update resource_aggregation set released_at = ? where instantiation = ?")) {
            made.setTimestamp(1, Timestamp.from(at));
            made.setObject(2, id);
            boolean released = made.executeUpdate() > 0;
            if (released) {
                parts.setTimestamp(1, Timestamp.from(at));
                parts.setObject(2, id);
                parts.executeUpdate();
            }
            Optional<Made> found = AggregationRows.byId(connection, id);
            outcome.is(found);
            if (!released && found.isPresent()) {
                outcome.refuse(new WrongStateException("instantiation `" + Encoder.id(id) + "` was released before"));
            }
            if (!released) {
                return List.of();
            }
        }
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("instantiation", Encoder.id(id));
        told.put("what", "release");
        told.put("by", by);
        return List.of(Leaf.of(new Event("instantiation", told), at).entry());
    }
}
