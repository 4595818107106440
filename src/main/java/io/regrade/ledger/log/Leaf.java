package io.regrade.ledger.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Draft;
import io.regrade.ledger.Event;
import io.regrade.ledger.PolicyVersion;
import io.regrade.tlog.EntryBundle;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An entry of the log: what happened, as canonical JSON. Everything in it is public, for ever. Immutable.
 *
 * @param text canonical JSON (RFC 8785)
 */
public record Leaf(String text) {

    /** Longer reasons of refusals are cut, as they may repeat what was asked. */
    private static final int MOST_REASON = 1000;
    /** Indexes in one erasure, so that the entry stays below the longest that a bundle holds. */
    private static final int MOST_ERASED = 3000;

    /** Checks the length. */
    public Leaf {
        if (text.getBytes(UTF_8).length > EntryBundle.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a leaf has more than " + EntryBundle.MOST_BYTES + " bytes: " + text.substring(0, 80) + "…");
        }
    }

    /** The entry's bytes. */
    public byte[] entry() {
        return text.getBytes(UTF_8);
    }

    /** The entry's hash in the tree. */
    public byte[] hash() {
        return TreeEdge.leafHash(entry());
    }

    /** A decision; one with errors is a failed evaluation. */
    public static Leaf decision(DecisionRecord record, Commitments commitments) {
        ObjectNode node = node("decision", record.decision().decidedAt());
        node.put("id", record.decision().id());
        node.put("action", record.decision().action().key());
        node.put("policy", record.decision().policy().digest());
        node.put("engine", record.provenance().engine());
        node.put("catalogue", record.provenance().catalogDigest());
        node.put("facts", commitments.facts());
        node.put("trace", commitments.trace());
        node.put("result", commitments.result());
        node.put("vm", commitments.vm());
        node.put("outcome", record.decision().errors().isEmpty() ? "decided" : "failed");
        return leaf(node);
    }

    /**
     * An evaluation that was asked for and refused.
     *
     * @param policy the digest of the policy that would have decided, null when it did not come to that
     */
    public static Leaf refusal(Instant at, String reason, @Nullable String policy) {
        ObjectNode node = node("refusal", at);
        node.put("reason", reason.length() <= MOST_REASON ? reason : reason.substring(0, MOST_REASON) + "…");
        if (policy != null) {
            node.put("policy", policy);
        }
        return leaf(node);
    }

    /**
     * A version of a policy that decides from now on.
     *
     * @param activation which, how and by whom; its comment is only committed to
     * @param comment a commitment to the comment (see {@link Commitments#commitment}), null when none was given
     */
    public static Leaf activation(Instant at, PolicyVersion.Activation activation, @Nullable String comment) {
        ObjectNode node = node("activation", at)
                .put("name", activation.policy())
                .put("policy", activation.digest())
                .put("what", activation.what().key())
                .put("by", activation.by());
        optional(node, "previous", activation.previous());
        optional(node, "draft", activation.draft());
        optional(node, "comment", comment);
        return leaf(node);
    }

    /**
     * What was done with a draft of a policy.
     *
     * @param draft as it is after it
     * @param step what was done; its comment is only committed to
     * @param comment a commitment to the comment (see {@link Commitments#commitment}), null when none was given
     * @param approvals for an approval, how many others than the authors have to approve; null for anything else
     */
    public static Leaf draft(Draft draft, Draft.Step step, @Nullable String comment, @Nullable Integer approvals) {
        ObjectNode node = node("draft", step.at())
                .put("draft", draft.id())
                .put("name", draft.policy())
                .put("policy", step.digest())
                .put("what", step.what())
                .put("by", step.by());
        optional(node, "outcome", step.outcome());
        optional(node, "comment", comment);
        if (approvals != null) {
            node.put("approvals", approvals);
        }
        return leaf(node);
    }

    private static void optional(ObjectNode node, String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
    }

    /**
     * What somebody said of a recommendation.
     *
     * @param recommendation its id
     * @param decision the decision's id that it advises
     * @param what such as {@code approve} or {@code dismiss}
     * @param reason a commitment to the reason's text (see {@link Commitments#commitment}), null when none was given
     * @param until when it ends, null for what has no end
     */
    public static Leaf approval(
            Instant at,
            String recommendation,
            String decision,
            String what,
            String by,
            @Nullable String reason,
            @Nullable Instant until) {
        ObjectNode node = node("approval", at)
                .put("recommendation", recommendation)
                .put("decision", decision)
                .put("what", what)
                .put("by", by);
        if (reason != null) {
            node.put("reason", reason);
        }
        if (until != null) {
            node.put("until", until.toString());
        }
        return leaf(node);
    }

    /**
     * Payloads that were erased; several leaves when they are very many.
     *
     * @param vm a commitment to the machine's id (see {@link Commitments#commitment}) with a salt of its own
     * @param decisions the indexes of the leaves whose payloads were erased
     */
    public static List<Leaf> erasure(Instant at, String vm, List<Long> decisions, String by, String reason) {
        List<Leaf> leaves = new ArrayList<>();
        int from = 0;
        do {
            int to = Math.min(decisions.size(), from + MOST_ERASED);
            ObjectNode node = node("erasure", at).put("vm", vm).put("by", by).put("reason", reason);
            ArrayNode indexes = node.putArray("decisions");
            decisions.subList(from, to).forEach(index -> indexes.add(index.longValue()));
            leaves.add(leaf(node));
            from = to;
        } while (from < decisions.size());
        return leaves;
    }

    /**
     * Payloads that were dropped because of their age.
     *
     * @param before decisions before this moment
     * @param decisions how many
     */
    public static Leaf retention(Instant at, Instant before, long decisions) {
        return leaf(node("retention", at).put("before", before.toString()).put("decisions", decisions));
    }

    /** An event as the port gives it. */
    public static Leaf of(Event event, Instant at) {
        ObjectNode node = event.content().deepCopy();
        if (node.has("type") || node.has("at")) {
            throw new IllegalArgumentException("an event's content has neither `type` nor `at`: they are set here");
        }
        node.setAll(node(event.type(), at));
        return leaf(node);
    }

    static ObjectNode node(String type, Instant at) {
        return JsonNodeFactory.instance.objectNode().put("type", type).put("at", at.toString());
    }

    static Leaf leaf(ObjectNode node) {
        return new Leaf(new String(CanonicalJson.bytes(node), UTF_8));
    }
}
