package io.regrade.ledger.pg;

import io.regrade.instantiate.ServerOffer;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Instantiations;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Machines that are made of what servers supply, in PostgreSQL. Thread-safe. */
final class PgInstantiations implements Instantiations {

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    PgInstantiations(Writer writer, Readers readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> offer(List<ServerOffer> offers) {
        return readers.write(connection -> {
                    try (PreparedStatement delete = connection.prepareStatement("delete from server_offer");
                            PreparedStatement insert = connection.prepareStatement("insert into server_offer"
                                    + " (server, cloud, address, supply, price_usd_hour, availability, at)"
                                    + " values (?, ?, ?, ?, ?, ?, ?)")) {
                        delete.executeUpdate();
                        for (ServerOffer offer : offers) {
                            insert.setString(1, offer.server());
                            insert.setString(2, offer.cloud());
                            insert.setString(3, offer.address());
                            insert.setString(4, AggregationRows.json(offer.supply()));
                            insert.setDouble(5, offer.priceUsdHour());
                            if (Double.isNaN(offer.availability())) {
                                insert.setNull(6, Types.DOUBLE);
                            } else {
                                insert.setDouble(6, offer.availability());
                            }
                            insert.setTimestamp(7, Timestamp.from(clock.instant()));
                            insert.addBatch();
                        }
                        return insert.executeBatch();
                    }
                })
                .thenAccept(counts -> {});
    }

    @Override
    public CompletionStage<List<ServerOffer>> offers() {
        return readers.read(connection -> AggregationRows.offers(connection, false));
    }

    @Override
    public CompletionStage<Optional<Made>> make(Request request) {
        Making making = new Making(request);
        return writer.write(Work.step(making)).thenApply(nothing -> making.outcome());
    }

    @Override
    public CompletionStage<Optional<Made>> byId(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        return uuid.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection -> AggregationRows.byId(connection, uuid.get()));
    }

    @Override
    public CompletionStage<List<Part>> aggregation(@Nullable String vm, int limit) {
        return readers.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select " + AggregationRows.COLUMNS
                    + " from resource_aggregation where (?::text is null or vm = ?)"
                    + " order by begins desc, instantiation, part limit ?")) {
                select.setString(1, vm);
                select.setString(2, vm);
                select.setInt(3, limit);
                return AggregationRows.parts(select);
            }
        });
    }

    @Override
    public CompletionStage<Optional<Made>> release(String id, Asker by) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Releasing releasing = new Releasing(uuid.get(), by.name(), now());
        return writer.write(Work.step(releasing)).thenApply(nothing -> releasing.outcome());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public CompletionStage<Integer> releaseEnded() {
        return readers.read(connection -> {
                    List<UUID> due = new ArrayList<>();
                    try (PreparedStatement select = connection.prepareStatement(
                            "select id from instantiation where state = 'active' and ends <= ? limit 100")) {
                        select.setTimestamp(1, Timestamp.from(now()));
                        due(select, due);
                    }
                    return due;
                })
                .thenCompose(due -> {
                    CompletionStage<Integer> done = CompletableFuture.completedFuture(due.size());
                    for (UUID id : due) {
                        // Another server may have been first: that is no failure.
                        CompletionStage<Void> one =
                                writer.write(Work.step(new Releasing(id, Asker.SERVER.name(), now())));
                        done = done.thenCombine(one, (count, nothing) -> count);
                    }
                    return done;
                });
    }

    private static void due(PreparedStatement select, List<UUID> due) throws SQLException {
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                due.add(row.getObject(1, UUID.class));
            }
        }
    }
}
