package io.regrade.ledger.pg;

import io.regrade.ledger.Draft.Verb;
import io.regrade.ledger.DraftRun;
import io.regrade.ledger.DraftRun.State;
import io.regrade.ledger.DraftRun.Stop;
import io.regrade.ledger.DraftRuns;
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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Runs of drafts in PostgreSQL. Thread-safe. */
final class PgDraftRuns implements DraftRuns {

    private static final int MOST = 50;
    private static final String COLUMNS = "id, draft, work, digest, state, by, progress, problem_kind, problem,"
            + " created_at, finished_at, alive_at";

    private final Readers readers;
    private final Clock clock;

    PgDraftRuns(Readers readers, Clock clock) {
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Void> put(DraftRun run) {
        return readers.write(connection -> {
                    try (PreparedStatement upsert =
                            connection.prepareStatement("insert into draft_run (id, draft, work, digest,"
                                    + " state, by, progress, result, problem_kind, problem, created_at, finished_at, alive_at)"
                                    + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set"
                                    + " state = excluded.state, progress = excluded.progress, result = excluded.result,"
                                    + " problem_kind = excluded.problem_kind, problem = excluded.problem,"
                                    + " finished_at = excluded.finished_at, alive_at = excluded.alive_at"
                                    // What is said of a run on its way may come late, and must not undo its end.
                                    + " where draft_run.finished_at is null")) {
                        Stop stop = run.stop();
                        upsert.setObject(1, Encoder.uuid(run.id()));
                        upsert.setObject(2, Encoder.uuid(run.draft()));
                        upsert.setString(3, run.work().key());
                        upsert.setString(4, run.digest());
                        upsert.setString(5, run.state().key());
                        upsert.setString(6, run.by());
                        upsert.setString(7, run.progress());
                        upsert.setString(8, run.result());
                        upsert.setString(9, stop == null ? null : stop.kind());
                        upsert.setString(10, stop == null ? null : stop.detail());
                        upsert.setTimestamp(11, Timestamp.from(run.createdAt()));
                        Instant end = run.finishedAt();
                        upsert.setTimestamp(12, end == null ? null : Timestamp.from(end));
                        upsert.setTimestamp(13, Timestamp.from(clock.instant()));
                        return upsert.executeUpdate();
                    }
                })
                .thenAccept(count -> {});
    }

    @Override
    public CompletionStage<Optional<DraftRun>> byId(String draft, String id) {
        Optional<UUID> run = PgDecisions.uuid(id);
        Optional<UUID> of = PgDecisions.uuid(draft);
        if (run.isEmpty() || of.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        return readers.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "select " + COLUMNS + ", result from draft_run where draft = ? and id = ?")) {
                select.setObject(1, of.get());
                select.setObject(2, run.get());
                return read(select, true).stream().findFirst();
            }
        });
    }

    @Override
    public CompletionStage<List<DraftRun>> of(String draft, @Nullable Integer limit) {
        Optional<UUID> of = PgDecisions.uuid(draft);
        return of.isEmpty()
                ? CompletableFuture.completedFuture(List.of())
                : readers.read(connection -> of(connection, of.get(), limit == null ? MOST : limit));
    }

    private List<DraftRun> of(Connection connection, UUID draft, int limit) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select " + COLUMNS + " from draft_run where draft = ? order by created_at desc, id limit ?")) {
            select.setObject(1, draft);
            select.setInt(2, limit);
            return read(select, false);
        }
    }

    private List<DraftRun> read(PreparedStatement select, boolean whole) throws SQLException {
        List<DraftRun> runs = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String kind = row.getString(8);
                DraftRun run = new DraftRun(
                        Encoder.id(row.getObject(1, UUID.class)),
                        Encoder.id(row.getObject(2, UUID.class)),
                        Verb.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                        row.getString(4),
                        State.valueOf(row.getString(5).toUpperCase(Locale.ROOT)),
                        row.getString(6),
                        row.getString(7),
                        whole ? row.getString(13) : null,
                        kind == null ? null : new Stop(kind, row.getString(9)),
                        row.getTimestamp(10).toInstant(),
                        RecommendationRows.moment(row.getTimestamp(11)));
                Instant alive = row.getTimestamp(12).toInstant();
                runs.add(run.state().isOver() || !Silence.isTooLong(alive, clock) ? run : lost(run, alive));
            }
        }
        return runs;
    }

    private static DraftRun lost(DraftRun run, Instant alive) {
        return run.over(
                State.STOPPED,
                null,
                new Stop("lost", "the server that ran it has gone. Maybe ask for it again"),
                alive);
    }
}
