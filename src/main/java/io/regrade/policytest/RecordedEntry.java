package io.regrade.policytest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.Decision;
import io.regrade.decision.DecisionJson;
import java.util.List;

/** What the ledger would keep of a decision: its canonical JSON with the trace, and what its leaf commits to. */
final class RecordedEntry {

    /** Everything that can be expected of it. */
    static final List<String> NAMES = List.of(
            "id",
            "vm",
            "action",
            "why",
            "target",
            "configuration",
            "price_usd_month_now",
            "saving_usd_month",
            "risk",
            "needs",
            "benefits",
            "considered",
            "excluded",
            "rejected",
            "fired",
            "trace",
            "policy",
            "facts",
            "errors",
            "decided_at",
            "outcome",
            "trace_digest",
            "result_digest");

    private RecordedEntry() {}

    /** The entry; digests are those of the canonical bytes, before the salt of a leaf hides them. */
    static ObjectNode of(Decision decision) {
        ObjectNode entry = DecisionJson.decision(decision, DecisionJson.Detail.FULL);
        ObjectNode result = entry.deepCopy();
        JsonNode trace = result.remove("trace");
        entry.put("outcome", decision.errors().isEmpty() ? "decided" : "failed");
        entry.put("trace_digest", CanonicalJson.digest(CanonicalJson.bytes(trace)));
        entry.put("result_digest", CanonicalJson.digest(CanonicalJson.bytes(result)));
        return entry;
    }
}
