package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.PolicyRef;
import io.regrade.ledger.Event;
import io.regrade.ledger.Execution;
import io.regrade.ledger.Execution.Basis;
import io.regrade.ledger.Execution.Step;
import io.regrade.ledger.log.Leaf;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;

/** Steps of executions: each is a row and a leaf of the log. Stateless. */
final class StepTable {

    private StepTable() {}

    /**
     * Writes a step down.
     *
     * @param execution as it is with it
     * @return the leaf that tells it, which names what was approved and tells nothing of the machine
     */
    static byte[] add(Connection connection, Execution execution, Step step, long fence) throws SQLException {
        Salted detail = Salted.of(step.detail());
        try (PreparedStatement insert = connection.prepareStatement("insert into execution_step"
                + " (execution, at, what, phase, tries, outcome, detail, salt, by, fence)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
            insert.setObject(1, Encoder.uuid(execution.id()));
            insert.setTimestamp(2, Timestamp.from(step.at()));
            insert.setString(3, step.what());
            insert.setString(4, step.phase().key());
            insert.setInt(5, step.tries());
            insert.setString(6, step.outcome());
            insert.setString(7, step.detail());
            insert.setBytes(8, detail.salt());
            insert.setString(9, step.by());
            insert.setLong(10, fence);
            insert.executeUpdate();
        }
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        told.put("execution", execution.id());
        told.put("kind", execution.kind().key());
        told.put("what", step.what());
        told.put("phase", step.phase().key());
        told.put("state", execution.state().key());
        told.put("executor", execution.executor());
        told.put("by", step.by());
        told.put("fence", fence);
        if (step.tries() > 0) {
            told.put("try", step.tries());
        }
        if (!step.outcome().isEmpty()) {
            told.put("outcome", step.outcome());
        }
        if (detail.commitment() != null) {
            told.put("detail", detail.commitment());
        }
        Basis basis = execution.basis();
        if (basis != null) {
            PolicyRef policy = basis.policy();
            told.put("recommendation", basis.recommendation());
            told.put("decision", basis.decision());
            told.put("policy", policy.digest());
        }
        if (execution.of() != null) {
            told.put("of", execution.of());
        }
        return Leaf.of(new Event("execution", told), step.at()).entry();
    }
}
