package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.instantiate.Cover;
import io.regrade.ledger.Event;
import io.regrade.ledger.Instantiations.Made;
import io.regrade.ledger.Instantiations.Request;
import io.regrade.ledger.log.Leaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A machine that is made: servers are chosen among those that are free and taken, with a leaf of the log, in one transaction.
 * The log's head is locked by then, so that no two servers of one database choose at once.
 */
final class Making implements Work.Step {

    private final Request request;
    private final UUID id;
    private final Outcome<Optional<Made>> outcome = new Outcome<>(Optional.empty());

    Making(Request request) {
        this.request = request;
        this.id = Encoder.uuid(request.made().id());
    }

    /** What was made; empty when no servers cover it. */
    Optional<Made> outcome() {
        return outcome.get();
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        outcome.is(Optional.empty());
        Optional<Cover> chosen = request.choice().apply(AggregationRows.offers(connection, true));
        if (chosen.isEmpty()) {
            return List.of();
        }
        Cover cover = chosen.get();
        String body = request.body().apply(cover);
        Salted salted = Salted.of(body);
        insert(connection, body, salted.salt());
        parts(connection, cover);
        outcome.is(AggregationRows.byId(connection, id));
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("instantiation", request.made().id());
        told.put("what", "make");
        told.put("servers", cover.parts().size());
        told.put("content", Objects.requireNonNull(salted.commitment()));
        told.put("by", request.made().asker());
        return List.of(Leaf.of(new Event("instantiation", told), request.made().begins())
                .entry());
    }

    private void insert(Connection connection, String body, byte @Nullable [] salt) throws SQLException {
        Made made = request.made();
        try (PreparedStatement insert = connection.prepareStatement("insert into instantiation"
                + " (id, state, vm, body, salt, asker, begins, ends) values (?, 'active', ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, id);
            insert.setString(2, made.vm());
            insert.setString(3, body);
            insert.setBytes(4, salt);
            insert.setString(5, made.asker());
            insert.setTimestamp(6, Timestamp.from(made.begins()));
            insert.setTimestamp(7, timestamp(made.ends()));
            insert.executeUpdate();
        }
    }

    private void parts(Connection connection, Cover cover) throws SQLException {
        Made made = request.made();
        try (PreparedStatement insert = connection.prepareStatement("insert into resource_aggregation"
                + " (instantiation, part, vm, server, cloud, address, instance, supplies, usd_hour, begins, ends)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            int part = 0;
            for (Cover.Part one : cover.parts()) {
                insert.setObject(1, id);
                insert.setInt(2, ++part);
                insert.setString(3, made.vm());
                insert.setString(4, one.offer().server());
                insert.setString(5, one.offer().cloud());
                insert.setString(6, one.offer().address());
                insert.setString(7, made.id() + "-" + part);
                insert.setString(8, AggregationRows.json(one.share()));
                insert.setDouble(9, one.offer().priceUsdHour());
                insert.setTimestamp(10, Timestamp.from(made.begins()));
                insert.setTimestamp(11, timestamp(made.ends()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant moment) {
        return moment == null ? null : Timestamp.from(moment);
    }
}
