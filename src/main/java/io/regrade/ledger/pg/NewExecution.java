package io.regrade.ledger.pg;

import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Basis;
import io.regrade.ledger.Execution.Step;
import io.regrade.ledger.WrongStateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An execution that is asked for: its row, its first step and a leaf of the log, in one transaction. */
final class NewExecution implements Work.Step {

    private final Execution execution;
    private final Outcome<Execution> outcome;

    NewExecution(Execution execution) {
        this.execution = execution;
        this.outcome = new Outcome<>(execution);
    }

    /**
     * The execution as it is kept.
     *
     * @throws WrongStateException when its machine has another
     */
    Execution outcome() {
        return outcome.get();
    }

    @Override
    public List<byte[]> run(Connection connection) throws SQLException {
        String other = insert(connection) ? null : underWay(connection);
        if (other != null) {
            outcome.refuse(new WrongStateException("machine `" + execution.vm() + "` is being changed by execution `"
                    + other + "`. Maybe wait until that is over, or cancel it"));
            return List.of();
        }
        Step step = new Step(
                "ask", Step.Phase.RESULT, 0, execution.state().key(), null, execution.asker(), execution.createdAt());
        byte[] leaf = StepTable.add(connection, execution, step, 0);
        outcome.is(ExecutionRows.byId(connection, Encoder.uuid(execution.id()), false)
                .orElseThrow()
                .execution());
        return List.of(leaf);
    }

    private boolean insert(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into execution"
                + " (id, kind, state, vm, recommendation, decision, policy, policy_digest, undoes, executor, task, asker,"
                + " hold_seconds, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " on conflict (vm) where finished_at is null do nothing")) {
            Basis basis = execution.basis();
            insert.setObject(1, Encoder.uuid(execution.id()));
            insert.setString(2, execution.kind().key());
            insert.setString(3, execution.state().key());
            insert.setString(4, execution.vm());
            insert.setObject(5, uuid(basis == null ? null : basis.recommendation()));
            insert.setObject(6, uuid(basis == null ? null : basis.decision()));
            insert.setString(7, basis == null ? null : basis.policy().name());
            insert.setString(8, basis == null ? null : basis.policy().digest());
            insert.setObject(9, uuid(execution.of()));
            insert.setString(10, execution.executor());
            insert.setString(11, ExecutionRows.json(Objects.requireNonNull(execution.order())));
            insert.setString(12, execution.asker());
            insert.setInt(13, execution.holdSeconds());
            insert.setTimestamp(14, Timestamp.from(execution.createdAt()));
            return insert.executeUpdate() > 0;
        }
    }

    private @Nullable String underWay(Connection connection) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select id from execution where vm = ? and finished_at is null")) {
            select.setString(1, execution.vm());
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? Encoder.id(row.getObject(1, UUID.class)) : "unknown";
            }
        }
    }

    private static @Nullable UUID uuid(@Nullable String id) {
        return id == null ? null : Encoder.uuid(id);
    }
}
