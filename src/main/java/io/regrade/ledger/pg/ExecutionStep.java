package io.regrade.ledger.pg;

import io.regrade.execute.JobState;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Basis;
import io.regrade.ledger.Execution.Step;
import io.regrade.ledger.Executions.Entry;
import io.regrade.ledger.Executions.Lease;
import io.regrade.ledger.LostLeaseException;
import io.regrade.ledger.Recommendation.State;
import io.regrade.ledger.Recommendation.Verb;
import io.regrade.ledger.WrongStateException;
import io.regrade.ledger.log.Leaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A step of an execution by the server that holds it: its row, the step and leaves of the log, in one transaction. */
final class ExecutionStep implements Work.Step {

    private final Lease lease;
    private final Entry entry;
    private final UUID id;
    private final Outcome<Lease> outcome;

    ExecutionStep(Lease lease, Entry entry) {
        this.lease = lease;
        this.entry = entry;
        this.id = Encoder.uuid(lease.execution().id());
        this.outcome = new Outcome<>(lease);
    }

    /**
     * How it stands after it.
     *
     * @throws RuntimeException why nothing was written
     */
    Lease outcome() {
        return outcome.get();
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        outcome.is(lease);
        Lease now = ExecutionRows.byId(connection, id, true)
                .orElseThrow(() -> new SQLException("execution `" + id + "` is gone"));
        if (now.fence() != lease.fence() || now.execution().state().isOver()) {
            outcome.refuse(new LostLeaseException(
                    "another server works on execution `" + lease.execution().id() + "`, or it is over"));
            return List.of();
        }
        Basis basis = now.execution().basis();
        if (entry.needsApproval() && basis != null && !isApproved(connection, basis)) {
            outcome.refuse(new WrongStateException(
                    "the approval is not there any more: the recommendation was dismissed, or advised anew"));
            return List.of();
        }
        change(connection, now.execution().state());
        Lease after = ExecutionRows.byId(connection, id, false).orElseThrow();
        List<byte[]> leaves = new ArrayList<>();
        leaves.add(StepTable.add(connection, after.execution(), entry.step(), lease.fence()));
        if (entry.state() == JobState.CONFIRMED) {
            close(connection, after.execution(), leaves);
        }
        outcome.is(after);
        return leaves;
    }

    private void change(Connection connection, JobState before) throws SQLException {
        boolean over = entry.state().isOver();
        try (PreparedStatement update = connection.prepareStatement("update execution set state = ?, tries = ?,"
                + " answered = ?, mark = coalesce(?, mark), problem = ?, finished_at = ?,"
                + " since = case when ? then since else now() end,"
                + " leased_until = now() + ? * interval '1 second',"
                + " task = case when erased and ? then null else task end where id = ?")) {
            update.setString(1, entry.state().key());
            update.setInt(2, tries(before));
            update.setBoolean(3, entry.answered());
            update.setString(4, entry.mark());
            update.setString(5, entry.problem());
            update.setTimestamp(6, over ? Timestamp.from(entry.step().at()) : null);
            update.setBoolean(7, entry.state() == before);
            update.setLong(8, Lease.TERM.toSeconds());
            update.setBoolean(9, over);
            update.setObject(10, id);
            update.executeUpdate();
        }
    }

    private int tries(JobState before) {
        Step step = entry.step();
        return step.phase() == Step.Phase.INTENT
                ? step.tries()
                : entry.state() == before ? lease.execution().tries() : 0;
    }

    private static boolean isApproved(Connection connection, Basis basis) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select state, decision from recommendation where id = ? for update")) {
            select.setObject(1, Encoder.uuid(basis.recommendation()));
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        && row.getString(1).equals(State.APPROVED.key())
                        && Encoder.uuid(basis.decision()).equals(row.getObject(2, UUID.class));
            }
        }
    }

    /** Closes what was carried out: its recommendation, or the execution that was taken back. */
    private void close(Connection connection, Execution execution, List<byte[]> leaves) throws SQLException {
        Basis basis = execution.basis();
        if (execution.kind() == Execution.Kind.MOVE && basis != null) {
            closeAdvice(connection, basis, execution, leaves);
        }
        String undone = execution.of();
        if (undone != null) {
            closeUndone(connection, Encoder.uuid(undone), execution, leaves);
        }
    }

    private void closeAdvice(Connection connection, Basis basis, Execution execution, List<byte[]> leaves)
            throws SQLException {
        String by = execution.asker();
        String reason = "execution " + execution.id();
        Salted salted = Salted.of(reason);
        Timestamp at = Timestamp.from(entry.step().at());
        try (PreparedStatement update = connection.prepareStatement("with done as (update recommendation"
                + " set state = 'executed', until = null, by = ?, reason = ?, version = version + 1"
                + " where id = ? and state = 'approved' returning id, decision)"
                + " insert into recommendation_event (recommendation, at, what, by, decision, reason, salt)"
                + " select id, ?, ?, ?, decision, ?, ? from done")) {
            update.setString(1, by);
            update.setString(2, reason);
            update.setObject(3, Encoder.uuid(basis.recommendation()));
            update.setTimestamp(4, at);
            update.setString(5, Verb.EXECUTE.key());
            update.setString(6, by);
            update.setString(7, reason);
            update.setBytes(8, salted.salt());
            if (update.executeUpdate() > 0) {
                leaves.add(Leaf.approval(
                                entry.step().at(),
                                basis.recommendation(),
                                basis.decision(),
                                Verb.EXECUTE.key(),
                                by,
                                salted.commitment(),
                                null)
                        .entry());
            }
        }
    }

    private void closeUndone(Connection connection, UUID undone, Execution by, List<byte[]> leaves)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update execution set state = 'rolled-back' where id = ? and state = 'confirmed'")) {
            update.setObject(1, undone);
            if (update.executeUpdate() == 0) {
                return;
            }
        }
        Optional<Lease> found = ExecutionRows.byId(connection, undone, false);
        if (found.isPresent()) {
            Step step = new Step(
                    "rollback",
                    Step.Phase.RESULT,
                    0,
                    JobState.ROLLED_BACK.key(),
                    detail(by),
                    by.asker(),
                    entry.step().at());
            leaves.add(StepTable.add(
                    connection, found.get().execution(), step, found.get().fence()));
        }
    }

    private static @Nullable String detail(Execution by) {
        return "by execution `" + by.id() + "`";
    }
}
