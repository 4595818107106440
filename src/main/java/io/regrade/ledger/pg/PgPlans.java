package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.PolicyRef;
import io.regrade.ledger.Event;
import io.regrade.ledger.Page;
import io.regrade.ledger.Plan;
import io.regrade.ledger.Plan.State;
import io.regrade.ledger.Plans;
import io.regrade.ledger.log.Leaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans in PostgreSQL. Thread-safe. */
final class PgPlans implements Plans {

    private static final char LIST = 'l';
    private static final String COLUMNS =
            "id, state, policy, digest, asker, machines, decided, error, created_at, finished_at, alive_at";

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    PgPlans(Writer writer, Readers readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Boolean> put(Plan plan) {
        return readers.write(connection -> put(connection, plan, null, null));
    }

    @Override
    public CompletionStage<Void> cancel(String id, Instant at) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        return readers.write(connection -> {
                    try (PreparedStatement update = connection.prepareStatement(
                            "update plan set state = 'cancelled', finished_at = ? where id = ? and state = 'running'")) {
                        update.setTimestamp(1, Timestamp.from(at));
                        update.setObject(2, uuid.get());
                        return update.executeUpdate();
                    }
                })
                .thenAccept(nothing -> {});
    }

    @Override
    public CompletionStage<Void> finish(Plan plan, Content content) {
        String whole = content.body()
                + content.entries().stream().map(Entry::body).collect(Collectors.joining("\n", "\n", ""));
        Salted salted = Salted.of(whole);
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("plan", plan.id());
        told.put("name", plan.policy().name());
        told.put("policy", plan.policy().digest());
        told.put("content", Objects.requireNonNull(salted.commitment()));
        told.put("machines", plan.machines());
        told.put("moves", content.entries().stream().filter(Entry::moves).count());
        told.put("by", plan.asker());
        byte[] entry = Leaf.of(new Event("plan", told), Objects.requireNonNull(plan.finishedAt()))
                .entry();
        return writer.write(Work.step(connection -> {
            if (!put(connection, plan, content.body(), salted.salt())) {
                return List.of();
            }
            entries(connection, Encoder.uuid(plan.id()), content.entries());
            return List.of(entry);
        }));
    }

    private boolean put(Connection connection, Plan plan, @Nullable String body, byte @Nullable [] salt)
            throws SQLException {
        try (PreparedStatement upsert = connection.prepareStatement("insert into plan"
                + " (id, state, policy, digest, asker, machines, decided, error, created_at, finished_at, alive_at, body,"
                + " salt) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set"
                + " state = excluded.state, machines = excluded.machines, decided = excluded.decided,"
                + " error = excluded.error, finished_at = excluded.finished_at, alive_at = excluded.alive_at,"
                + " body = excluded.body, salt = excluded.salt"
                // What is said of a plan on its way may come late, on another connection, and must not undo its end.
                + " where plan.state = 'running'")) {
            upsert.setObject(1, Encoder.uuid(plan.id()));
            upsert.setString(2, plan.state().key());
            upsert.setString(3, plan.policy().name());
            upsert.setString(4, plan.policy().digest());
            upsert.setString(5, plan.asker());
            upsert.setInt(6, plan.machines());
            upsert.setInt(7, plan.decided());
            upsert.setString(8, plan.error());
            upsert.setTimestamp(9, Timestamp.from(plan.createdAt()));
            Instant end = plan.finishedAt();
            upsert.setTimestamp(10, end == null ? null : Timestamp.from(end));
            upsert.setTimestamp(11, Timestamp.from(clock.instant()));
            upsert.setString(12, body);
            upsert.setBytes(13, salt);
            return upsert.executeUpdate() > 0;
        }
    }

    private static void entries(Connection connection, UUID plan, List<Entry> entries) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into plan_vm (plan, place, vm, moves, body) values (?, ?, ?, ?, ?)")) {
            int place = 0;
            for (Entry entry : entries) {
                insert.setObject(1, plan);
                insert.setInt(2, place++);
                insert.setString(3, entry.vm());
                insert.setBoolean(4, entry.moves());
                insert.setString(5, entry.body());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    @Override
    public CompletionStage<Optional<Plan>> byId(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return readers.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select " + COLUMNS + " from plan where id = ?")) {
                select.setObject(1, uuid.get());
                try (ResultSet row = select.executeQuery()) {
                    return row.next() ? Optional.of(plan(row)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public CompletionStage<Optional<Content>> content(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        return uuid.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection -> content(connection, uuid.get()));
    }

    private static Optional<Content> content(Connection connection, UUID id) throws SQLException {
        String body;
        try (PreparedStatement select =
                connection.prepareStatement("select body from plan where id = ? and state = 'done'")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                body = row.getString(1);
            }
        }
        List<Entry> entries = new ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select vm, moves, body from plan_vm where plan = ? order by place")) {
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    entries.add(new Entry(row.getString(1), row.getBoolean(2), row.getString(3)));
                }
            }
        }
        return Optional.of(new Content(body, entries));
    }

    @Override
    public CompletionStage<Page<Plan>> list(@Nullable String cursor, int limit) {
        return readers.read(connection -> new NewestFirst(LIST, COLUMNS, "plan", "created_at")
                .page(
                        connection,
                        cursor,
                        limit,
                        this::plan,
                        last -> new NewestFirst.Place(last.createdAt(), last.id())));
    }

    private Plan plan(ResultSet row) throws SQLException {
        Plan plan = new Plan(
                Encoder.id(row.getObject("id", UUID.class)),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                new PolicyRef(row.getString("policy"), row.getString("digest")),
                row.getString("asker"),
                row.getInt("machines"),
                row.getInt("decided"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                RecommendationRows.moment(row.getTimestamp("finished_at")));
        Instant alive = row.getTimestamp("alive_at").toInstant();
        boolean isLost = plan.state() == State.RUNNING && Silence.isTooLong(alive, clock);
        return isLost
                ? plan.over(State.FAILED, "the server that worked on it has gone. Maybe ask for it again", alive)
                : plan;
    }
}
