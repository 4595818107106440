package io.regrade.ledger.pg;

import io.regrade.execute.JobState;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Step;
import io.regrade.ledger.Execution.Wish;
import io.regrade.ledger.Executions;
import io.regrade.ledger.Page;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Executions in PostgreSQL. Thread-safe. Leases go by the database's clock, which all servers share. */
final class PgExecutions implements Executions {

    private static final char LIST = 'x';

    private final Writer writer;
    private final Readers readers;
    private final Clock clock;

    PgExecutions(Writer writer, Readers readers, Clock clock) {
        this.writer = writer;
        this.readers = readers;
        this.clock = clock;
    }

    @Override
    public CompletionStage<Execution> create(Execution execution) {
        NewExecution step = new NewExecution(execution);
        return writer.write(Work.step(step)).thenApply(nothing -> step.outcome());
    }

    @Override
    public CompletionStage<Optional<Execution>> byId(String id) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        return uuid.isEmpty()
                ? CompletableFuture.completedFuture(Optional.empty())
                : readers.read(connection ->
                        ExecutionRows.byId(connection, uuid.get(), false).map(Lease::execution));
    }

    @Override
    public CompletionStage<Page<Execution>> list(
            @Nullable String vm, @Nullable JobState state, @Nullable String cursor, int limit) {
        return readers.read(connection -> new NewestFirst(LIST, ExecutionRows.COLUMNS, "execution", "created_at")
                .when("vm = ?", vm)
                .when("state = ?", state == null ? null : state.key())
                .page(
                        connection,
                        cursor,
                        limit,
                        row -> ExecutionRows.execution(row, List.of()),
                        last -> new NewestFirst.Place(last.createdAt(), last.id())));
    }

    @Override
    public CompletionStage<Optional<Execution>> wish(String id, Wish wish, Asker by) {
        Optional<UUID> uuid = PgDecisions.uuid(id);
        if (uuid.isEmpty()) {
            return CompletableFuture.completedFuture(Optional.empty());
        }
        Wishing wishing = new Wishing(uuid.get(), wish, by, clock.instant());
        return writer.write(Work.step(wishing)).thenApply(nothing -> wishing.outcome());
    }

    @Override
    public CompletionStage<Optional<Lease>> take(UUID runner) {
        return readers.write(connection -> {
            try (PreparedStatement update = connection.prepareStatement(
                    "update execution set runner = ?, fence = fence + 1, leased_until = now() + ? * interval '1 second'"
                            + " where id = (select id from execution where finished_at is null and due <= now()"
                            + " and (leased_until is null or leased_until < now()) order by due limit 1"
                            + " for update skip locked) returning " + ExecutionRows.COLUMNS)) {
                update.setObject(1, runner);
                update.setLong(2, Lease.TERM.toSeconds());
                try (ResultSet row = update.executeQuery()) {
                    return row.next() ? Optional.of(ExecutionRows.lease(row, List.<Step>of())) : Optional.empty();
                }
            }
        });
    }

    @Override
    public CompletionStage<Lease> write(Lease lease, Entry entry) {
        ExecutionStep step = new ExecutionStep(lease, entry);
        return writer.write(Work.step(step)).thenApply(nothing -> step.outcome());
    }

    @Override
    public CompletionStage<Void> rest(Lease lease, Duration pause) {
        return readers.write(connection -> {
                    try (PreparedStatement update = connection.prepareStatement("update execution"
                            + " set leased_until = null, due = now() + ? * interval '1 millisecond'"
                            + " where id = ? and fence = ?")) {
                        update.setLong(1, pause.toMillis());
                        update.setObject(2, Encoder.uuid(lease.execution().id()));
                        update.setLong(3, lease.fence());
                        return update.executeUpdate();
                    }
                })
                .thenAccept(count -> {});
    }
}
