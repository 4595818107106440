package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Page;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Decisions in PostgreSQL. Thread-safe. */
final class PgDecisions implements Decisions {

    private final Writer writer;
    private final Encoder encoder;
    private final Readers readers;
    private final DecisionReader reader;
    private final Clock clock;

    PgDecisions(Writer writer, Encoder encoder, Readers readers, DecisionReader reader, Clock clock) {
        this.writer = writer;
        this.encoder = encoder;
        this.readers = readers;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> save(List<DecisionRecord> records) {
        if (records.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        List<EncodedDecision> encoded = new ArrayList<>(records.size());
        for (DecisionRecord record : records) {
            encoded.add(encoder.encode(record));
        }
        return writer.write(Work.decisions(encoded));
    }

    @Override
    public CompletionStage<Optional<ObjectNode>> byId(String id, Detail detail) {
        return uuid(id).isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection ->
                        orDropped(connection, uuid(id).get(), reader.byId(connection, uuid(id).get(), detail)));
    }

    @Override
    public CompletionStage<Optional<Evidence>> evidence(String id) {
        return uuid(id).isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection ->
                        orDropped(connection, uuid(id).get(), reader.evidence(connection, uuid(id).get())));
    }

    private static <T> Optional<T> orDropped(Connection connection, UUID id, Optional<T> found) throws SQLException {
        if (found.isEmpty()) {
            DroppedDecisions.tell(connection, id);
        }
        return found;
    }

    @Override
    public CompletionStage<Long> dropped(@Nullable Instant from, @Nullable Instant until) {
        return readers.read(connection -> DroppedDecisions.count(connection, from, until));
    }

    @Override
    public CompletionStage<Page<ObjectNode>> list(Query query) {
        return readers.read(connection -> reader.list(connection, query));
    }

    @Override
    public CompletionStage<Optional<Integer>> erase(String vm, Asker by, String reason) {
        Erasure erasure = new Erasure(vm, by.name(), reason, clock.instant());
        return writer.write(Work.step(erasure)).thenApply(nothing -> erasure.erased());
    }

    /** The id as it is stored; empty when no decision can have it. */
    static Optional<UUID> uuid(String id) {
        try {
            return Optional.of(Encoder.uuid(id));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
