package io.regrade.ledger.pg;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * A decision and its trace as they are stored: two lines of canonical JSON. The commitments of the decision's leaf are
 * made over just these bytes.
 *
 * @param decision the decision with its explanation, without its trace
 * @param trace the trace
 */
record StoredBody(byte[] decision, byte[] trace) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    byte[] joined() {
        byte[] joined = Arrays.copyOf(decision, decision.length + 1 + trace.length);
        joined[decision.length] = '\n';
        System.arraycopy(trace, 0, joined, decision.length + 1, trace.length);
        return joined;
    }

    /** Splits them again. */
    static StoredBody of(byte[] joined) throws SQLException {
        for (int i = 0; i < joined.length; i++) {
            if (joined[i] == '\n') { // canonical JSON has no line ends of its own
                return new StoredBody(Arrays.copyOf(joined, i), Arrays.copyOfRange(joined, i + 1, joined.length));
            }
        }
        throw new SQLException("a stored decision is damaged: it has no trace");
    }

    /** The decision as JSON, with its trace when that is wanted. */
    ObjectNode json(boolean withTrace) throws SQLException {
        try {
            ObjectNode node = (ObjectNode) MAPPER.readTree(decision);
            if (withTrace) {
                node.set("trace", MAPPER.readTree(trace));
            }
            return node;
        } catch (IOException | ClassCastException e) {
            throw new SQLException("a stored decision is damaged", e);
        }
    }
}
