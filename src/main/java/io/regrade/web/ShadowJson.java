package io.regrade.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.pipeline.shadow.ShadowReport;

/** A shadow's report as JSON. */
final class ShadowJson {

    private ShadowJson() {}

    static ObjectNode write(ShadowReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("name", report.version().name());
        node.put("digest", report.version().digest());
        node.put("share", report.share());
        node.put("since", report.since().toString());
        node.put("same", report.same());
        node.put("different", report.different());
        node.put("failed", report.failed());
        node.put("dropped", report.dropped());
        ArrayNode changes = node.putArray("changes");
        report.changes()
                .forEach((change, count) -> changes.addObject()
                        .put("from", change.from())
                        .put("to", change.to())
                        .put("count", count));
        node.put("saving_usd_month_live", report.savingActive());
        node.put("saving_usd_month_shadow", report.savingShadow());
        ArrayNode examples = node.putArray("examples");
        for (ShadowReport.Example example : report.examples()) {
            ObjectNode one = examples.addObject();
            one.put("vm", example.vm());
            one.set("live", side(example.live()));
            if (example.shadow() != null) {
                one.set("shadow", side(example.shadow()));
            }
            if (example.failure() != null) {
                one.put("failure", example.failure());
            }
        }
        return node;
    }

    private static ObjectNode side(ShadowReport.Side side) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("policy_digest", side.digest());
        node.put("action", side.action());
        if (side.target() != null) {
            node.put("target", side.target());
        }
        if (!Double.isNaN(side.savingUsdMonth())) {
            node.put("saving_usd_month", side.savingUsdMonth());
        }
        node.put("why", side.why());
        return node;
    }
}
