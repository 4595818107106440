package io.regrade.ledger;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.PolicyRef;
import java.time.Instant;
import java.util.Map;

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

    /** Evaluations that were refused, too many or too late to be told one by one: how many of each kind. */
    public static Event refusals(Map<String, Long> kinds, Instant from, Instant until) {
        String reason = kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(joining(", "));
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("reason", reason);
        content.put("count", kinds.values().stream().mapToLong(Long::longValue).sum());
        content.put("from", from.toString());
        content.put("until", until.toString());
        return new Event("refusal", content);
    }

    /**
     * A step of a version on trial.
     *
     * @param kind {@code canary}, which decides a share of the machines, or {@code shadow}, which decides beside
     * @param step {@code start}, {@code promote}, {@code withdraw} or {@code stop}
     * @param share of the policy's machines from then on, percent
     */
    public static Event trial(String kind, PolicyRef version, String step, double share, String by) {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put("name", version.name());
        content.put("policy", version.digest());
        content.put("step", step);
        content.put("share", share);
        content.put("by", by);
        return new Event(kind, content);
    }
}
