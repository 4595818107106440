package io.regrade.ledger.pg;

import io.regrade.decision.PolicyRef;
import io.regrade.ledger.Evaluation;
import io.regrade.ledger.Evaluation.State;
import io.regrade.ledger.Evaluations;
import io.regrade.ledger.Page;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Evaluations in PostgreSQL. Thread-safe. */
final class PgEvaluations implements Evaluations {

    private static final char LIST = 'e';
    private static final int SILENT_SECONDS = 20;
    private static final String COLUMNS =
            "id, state, policy, digest, assignment, decided_at, asker, machines, decided, cancelling, error, created_at, finished_at";

    private final Readers threads;

    PgEvaluations(Readers threads) {
        this.threads = threads;
    }

    @Override
    public CompletionStage<Void> create(Evaluation evaluation) {
        return threads.write(connection -> {
                    try (PreparedStatement insert = connection.prepareStatement("insert into evaluation"
                            + " (id, state, policy, digest, decided_at, asker, machines, created_at, assignment)"
                            + " values (?, 'running', ?, ?, ?, ?, ?, ?, ?)")) {
                        insert.setObject(1, Encoder.uuid(evaluation.id()));
                        insert.setString(2, evaluation.policy().name());
                        insert.setString(3, evaluation.policy().digest());
                        insert.setTimestamp(4, Timestamp.from(evaluation.decidedAt()));
                        insert.setString(5, evaluation.asker());
                        insert.setInt(6, evaluation.machines());
                        insert.setTimestamp(7, Timestamp.from(evaluation.createdAt()));
                        insert.setString(8, evaluation.assignment());
                        insert.executeUpdate();
                        return Optional.empty();
                    }
                })
                .thenApply(nothing -> null);
    }

    @Override
    public CompletionStage<Optional<Evaluation>> byId(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return threads.read(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("select " + COLUMNS + " from evaluation where id = ?")) {
                select.setObject(1, uuid.get());
                return first(select);
            }
        });
    }

    private static Optional<Evaluation> first(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            return row.next() ? Optional.of(evaluation(row)) : Optional.empty();
        }
    }

    @Override
    public CompletionStage<Page<Evaluation>> list(@Nullable String cursor, int limit) {
        return threads.read(connection -> new NewestFirst(LIST, COLUMNS, "evaluation", "created_at")
                .page(
                        connection,
                        cursor,
                        limit,
                        PgEvaluations::evaluation,
                        last -> new NewestFirst.Place(last.createdAt(), last.id())));
    }

    @Override
    public CompletionStage<Boolean> cancel(String id) {
        if (PgDecisions.uuid(id).isEmpty()) {
            return CompletableFuture.completedFuture(false);
        }
        return update("update evaluation set cancelling = true where id = ? and state = 'running'", id);
    }

    private CompletionStage<Boolean> update(String sql, String id, Object... more) {
        return threads.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setObject(1, Encoder.uuid(id));
                for (int i = 0; i < more.length; i++) {
                    update.setObject(i + 2, more[i]);
                }
                return update.executeUpdate() > 0;
            }
        });
    }

    @Override
    public CompletionStage<Optional<Evaluation>> take(UUID runner) {
        return threads.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update evaluation set runner = ?, heartbeat = now() where id = (select id from evaluation"
                            + " where state = 'running' and (runner is null or heartbeat < now() - interval '"
                            + SILENT_SECONDS + " seconds') order by created_at limit 1 for update skip locked)"
                            + " returning " + COLUMNS)) {
                update.setObject(1, runner);
                return first(update);
            }
        });
    }

    @Override
    public CompletionStage<Set<String>> decided(String id) {
        return threads.read(connection -> vms(connection, Encoder.uuid(id)));
    }

    private static Set<String> vms(Connection connection, UUID id) throws SQLException {
        Set<String> vms = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement(
                "select d.vm from decision d join evaluation e on e.id = d.evaluation and e.decided_at = d.decided_at"
                        + " where e.id = ?")) {
            select.setFetchSize(10_000);
            select.setObject(1, id);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    vms.add(row.getString(1));
                }
            }
        }
        return vms;
    }

    @Override
    public CompletionStage<Boolean> progress(String id, UUID runner, int machines, int decided) {
        return threads.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update evaluation set heartbeat = now(), machines = ?, decided = ? where id = ? and runner = ?"
                            + " and state = 'running' returning not cancelling")) {
                update.setInt(1, machines);
                update.setInt(2, decided);
                update.setObject(3, Encoder.uuid(id));
                update.setObject(4, runner);
                try (ResultSet row = update.executeQuery()) {
                    return row.next() && row.getBoolean(1);
                }
            }
        });
    }

    @Override
    public CompletionStage<Void> finish(String id, UUID runner, State state, @Nullable String error) {
        return threads.write(connection -> {
                    try (PreparedStatement update = connection.prepareStatement(
                            "update evaluation set state = ?, error = ?, finished_at = now(), runner = null"
                                    + " where id = ? and runner = ? and state = 'running'")) {
                        update.setString(1, state.key());
                        update.setString(2, error);
                        update.setObject(3, Encoder.uuid(id));
                        update.setObject(4, runner);
                        return update.executeUpdate() > 0;
                    }
                })
                .thenApply(nothing -> null);
    }

    @Override
    public CompletionStage<Void> release(String id, UUID runner) {
        return update("update evaluation set runner = null where id = ? and runner = ?", id, runner)
                .thenApply(nothing -> null);
    }

    private static Evaluation evaluation(ResultSet row) throws SQLException {
        Timestamp finished = row.getTimestamp("finished_at");
        return new Evaluation(
                Encoder.id(row.getObject("id", UUID.class)),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                new PolicyRef(row.getString("policy"), row.getString("digest")),
                row.getString("assignment"),
                row.getTimestamp("decided_at").toInstant(),
                row.getString("asker"),
                row.getInt("machines"),
                row.getInt("decided"),
                row.getBoolean("cancelling"),
                row.getString("error"),
                row.getTimestamp("created_at").toInstant(),
                finished == null ? null : finished.toInstant());
    }
}
