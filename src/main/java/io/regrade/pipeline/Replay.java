package io.regrade.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.PolicyRef;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of evaluating a stored decision again.
 *
 * @param decision the decision's id
 * @param vm the machine
 * @param samePolicy whether it was the stored policy that evaluated; with another one, the id and the policy, which
 *     must differ, are left aside
 * @param then what was stored
 * @param now what came out
 * @param differences the first ones, none when both are equal
 * @param differencesInAll how many there are
 * @param stopped whether one of the two was ended by a budget that is measured, of time or memory, so that a difference
 *     says nothing of what was stored
 */
public record Replay(
        String decision,
        String vm,
        boolean samePolicy,
        Side then,
        Side now,
        List<Difference> differences,
        int differencesInAll,
        boolean stopped) {

    private static final String NOTE = "an evaluation was ended by its budget of time or memory, which depends on the"
            + " machine that evaluates: a difference says nothing of what was stored";

    /**
     * One of the two decisions that are compared.
     *
     * @param digest {@code sha256:…} over the canonical JSON of all that is compared
     * @param engine the program and the rule engine
     * @param policy the policy
     * @param action the advice
     * @param target the chosen target's id, null when there is none
     */
    public record Side(
            String digest,
            String engine,
            PolicyRef policy,
            String action,
            @Nullable String target) {}

    /**
     * A value that differs.
     *
     * @param pointer where (RFC 6901)
     * @param then what was stored there, null when there was nothing
     * @param now what came out, null when there is nothing
     */
    public record Difference(
            String pointer,
            @Nullable JsonNode then,
            @Nullable JsonNode now) {}

    /** Copies the list. */
    public Replay {
        differences = List.copyOf(differences);
    }

    /** Whether both are the same, byte for byte. */
    public boolean isEqual() {
        return then.digest.equals(now.digest);
    }

    /** As JSON. */
    public ObjectNode json() {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("decision", decision);
        node.put("vm", vm);
        node.put("result", isEqual() ? "equal" : "different");
        node.put("policy", samePolicy ? "stored" : "other");
        node.set("then", side(then));
        node.set("now", side(now));
        ArrayNode list = node.putArray("differences");
        for (Difference difference : differences) {
            ObjectNode one = list.addObject();
            one.put("pointer", difference.pointer);
            if (difference.then != null) {
                one.set("then", difference.then);
            }
            if (difference.now != null) {
                one.set("now", difference.now);
            }
        }
        node.put("differences_in_all", differencesInAll);
        if (stopped) {
            node.put("note", NOTE);
        }
        return node;
    }

    private static ObjectNode side(Side side) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("digest", side.digest);
        node.put("engine", side.engine);
        node.putObject("policy").put("name", side.policy.name()).put("digest", side.policy.digest());
        node.put("action", side.action);
        node.put("target", side.target);
        return node;
    }
}
