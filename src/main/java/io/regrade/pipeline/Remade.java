package io.regrade.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Target;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A decision that was made again to ask more about it, beside the stored one.
 *
 * @param decision as it comes out now
 * @param stored as it was stored, null when it was not
 * @param engine what it was stored by, null when it was not
 */
public record Remade(
        Decision decision,
        @Nullable ObjectNode stored,
        @Nullable String engine) {

    /** Whether what is said of it holds for the stored one, too: both are the same, byte for byte. */
    public boolean isAsStored() {
        return stored == null
                || Arrays.equals(
                        CanonicalJson.bytes(stored), CanonicalJson.bytes(DecisionJson.decision(decision, Detail.FULL)));
    }

    /** What kind of answer this is about, the first lines of each. */
    void describe(ObjectNode node) {
        node.put("decision", decision.id());
        node.put("vm", decision.vm().id());
        node.put("action", decision.action().key());
        Target target = decision.target();
        node.put("chosen", target == null ? null : target.id());
        node.put("replay", isAsStored() ? "equal" : "different");
        if (!isAsStored()) {
            node.put("warning", warning());
        }
    }

    /** What a reader must know when the decision came out otherwise, the empty text when it did not. */
    public String warning() {
        if (stored == null || isAsStored()) {
            return "";
        }
        String then = stored.path("action").asText()
                + (stored.at("/target/id").isTextual()
                        ? " to " + stored.at("/target/id").asText()
                        : "");
        return "this is about the decision as " + EngineVersion.current() + " makes it, which is not what " + engine
                + " had decided and stored: " + then;
    }
}
