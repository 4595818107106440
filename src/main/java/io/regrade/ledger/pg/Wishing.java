package io.regrade.ledger.pg;

import io.regrade.execute.JobState;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Step;
import io.regrade.ledger.Execution.Wish;
import io.regrade.ledger.Executions.Lease;
import io.regrade.ledger.WrongStateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What somebody asks of an execution that is under way: its row, a step and a leaf of the log, in one transaction. */
final class Wishing implements Work.Step {

    private final UUID id;
    private final Wish wish;
    private final Asker by;
    private final Instant at;
    private final Outcome<Optional<Execution>> outcome = new Outcome<>(Optional.empty());

    Wishing(UUID id, Wish wish, Asker by, Instant at) {
        this.id = id;
        this.wish = wish;
        this.by = by;
        this.at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * The execution as it is after it; empty when there is none.
     *
     * @throws WrongStateException when it is over
     */
    Optional<Execution> outcome() {
        return outcome.get();
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        outcome.is(Optional.empty());
        Optional<Lease> found = ExecutionRows.byId(connection, id, true);
        if (found.isEmpty()) {
            return List.of();
        }
        Execution before = found.get().execution();
        if (before.state().isOver()) {
            outcome.refuse(new WrongStateException("execution `" + before.id() + "` is "
                    + before.state().key() + ", so `" + wish.key() + "` is not possible. It is over"));
            return List.of();
        }
        // Nothing was asked of the cloud: what has not begun need not be taken back. A server that holds it writes no
        // more.
        boolean ends = before.state().isBeforeActing();
        try (PreparedStatement update = connection.prepareStatement("update execution set wish = ?, due = now(),"
                + " state = ?, finished_at = ?, fence = fence + ?, leased_until = case when ? then null"
                + " else leased_until end where id = ?")) {
            update.setString(1, wish.key());
            update.setString(2, (ends ? JobState.CANCELLED : before.state()).key());
            update.setTimestamp(3, ends ? Timestamp.from(at) : null);
            update.setInt(4, ends ? 1 : 0);
            update.setBoolean(5, ends);
            update.setObject(6, id);
            update.executeUpdate();
        }
        Execution after =
                ExecutionRows.byId(connection, id, false).orElseThrow().execution();
        Step step = new Step(
                wish.key(), Step.Phase.RESULT, 0, ends ? JobState.CANCELLED.key() : "noted", null, by.name(), at);
        byte[] leaf = StepTable.add(connection, after, step, found.get().fence());
        outcome.is(ExecutionRows.byId(connection, id, false).map(Lease::execution));
        return List.of(leaf);
    }
}
