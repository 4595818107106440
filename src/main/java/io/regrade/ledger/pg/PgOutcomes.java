package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Event;
import io.regrade.ledger.Outcomes;
import io.regrade.ledger.log.Leaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What became of moves, in PostgreSQL. Thread-safe. */
final class PgOutcomes implements Outcomes {

    private final Writer writer;
    private final Readers readers;

    PgOutcomes(Writer writer, Readers readers) {
        this.writer = writer;
        this.readers = readers;
    }

    @Override
    public CompletionStage<Void> put(Found outcome) {
        Salted salted = Salted.of(outcome.body());
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("execution", outcome.execution());
        told.put("verdict", outcome.verdict().key());
        told.put("content", salted.commitment());
        byte[] entry = Leaf.of(new Event("outcome", told), outcome.at()).entry();
        return writer.write(Work.step(connection -> {
            replace(connection, outcome, salted);
            return List.of(entry);
        }));
    }

    private static void replace(Connection connection, Found outcome, Salted salted) throws SQLException {
        UUID id = Encoder.uuid(outcome.execution());
        try (PreparedStatement delete = connection.prepareStatement("delete from outcome where execution = ?");
                PreparedStatement insert = connection.prepareStatement(
                        "insert into outcome (execution, vm, at, verdict, body, salt) values (?, ?, ?, ?, ?, ?)")) {
            delete.setObject(1, id);
            delete.executeUpdate();
            insert.setObject(1, id);
            insert.setString(2, outcome.vm());
            insert.setTimestamp(3, Timestamp.from(outcome.at()));
            insert.setString(4, outcome.verdict().key());
            insert.setString(5, outcome.body());
            insert.setBytes(6, salted.salt());
            insert.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into outcome_promise"
                + " (execution, rule, kind, unit, promised, observed, kept) values (?, ?, ?, ?, ?, ?, ?)"
                + " on conflict do nothing")) {
            for (Promise promise : outcome.promises()) {
                insert.setObject(1, id);
                insert.setString(2, promise.rule());
                insert.setString(3, promise.kind());
                insert.setString(4, promise.unit());
                insert.setDouble(5, promise.promised());
                if (Double.isNaN(promise.observed())) {
                    insert.setNull(6, Types.DOUBLE);
                } else {
                    insert.setDouble(6, promise.observed());
                }
                insert.setObject(7, promise.kept(), Types.BOOLEAN);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public CompletionStage<Optional<String>> byExecution(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        return uuid.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection -> {
                    try (PreparedStatement select =
                            connection.prepareStatement("select body from outcome where execution = ?")) {
                        select.setObject(1, uuid.get());
                        return bodies(select).stream().findFirst();
                    }
                });
    }

    @Override
    public CompletionStage<List<String>> list(@Nullable Verdict verdict, int limit) {
        return readers.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select body from outcome"
                    + " where (?::text is null or verdict = ?) order by at desc, execution limit ?")) {
                String key = verdict == null ? null : verdict.key();
                select.setString(1, key);
                select.setString(2, key);
                select.setInt(3, limit);
                return bodies(select);
            }
        });
    }

    private static List<String> bodies(PreparedStatement select) throws SQLException {
        List<String> bodies = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                bodies.add(row.getString(1));
            }
        }
        return bodies;
    }

    @Override
    public CompletionStage<List<Record>> rules() {
        return readers.read(connection -> {
            List<Record> records = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("select rule, kind, unit, count(*),"
                            + " count(*) filter (where kept), count(*) filter (where not kept),"
                            + " coalesce(sum(promised) filter (where kept is not null), 0),"
                            + " coalesce(sum(observed) filter (where kept is not null), 0)"
                            + " from outcome_promise group by rule, kind, unit order by 6 desc, rule, kind");
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    records.add(new Record(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getInt(4),
                            row.getInt(5),
                            row.getInt(6),
                            row.getDouble(7),
                            row.getDouble(8)));
                }
            }
            return records;
        });
    }
}
