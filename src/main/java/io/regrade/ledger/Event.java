package io.regrade.ledger;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Something besides a decision that the audit log has to tell, such as that a policy was activated.
 *
 * @param type the leaf's type, such as {@code activation}
 * @param content the leaf's other fields, all of which become public: no customer data
 */
public record Event(String type, ObjectNode content) {

    /** An evaluation that was asked for and refused, for a reason without customer data. */
    public static Event refusal(String reason) {
        return new Event("refusal", JsonNodeFactory.instance.objectNode().put("reason", reason));
    }
}
