package io.regrade.pipeline;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.gate.RuleInventory;
import java.util.List;
import java.util.Locale;

/** The JSON form of what was found in a policy, the same for the command line and the server. */
public final class DiagnosticsJson {

    private DiagnosticsJson() {}

    /** {@code {"policy", "digest", "diagnostics": […]}}. */
    public static ObjectNode of(CheckPolicy.Checked checked) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("policy", checked.policy());
        node.put("digest", checked.digest());
        node.set("diagnostics", list(checked.diagnostics()));
        return node;
    }

    /** What each rule may touch: {@code [{"rule", "file", "line", "reads": […], "concludes": […], "calls": […]}]}. */
    public static ArrayNode inventory(List<RuleInventory> inventory) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (RuleInventory rule : inventory) {
            ObjectNode node = list.addObject();
            node.put("rule", rule.rule());
            node.put("file", rule.file());
            node.put("line", rule.line());
            rule.reads().forEach(node.putArray("reads")::add);
            rule.concludes().forEach(node.putArray("concludes")::add);
            rule.calls().forEach(node.putArray("calls")::add);
        }
        return list;
    }

    /** The findings alone. A line or column of 0 is not known: the whole file or line is meant. */
    public static ArrayNode list(List<Diagnostic> diagnostics) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (Diagnostic diagnostic : diagnostics) {
            list.add(one(diagnostic));
        }
        return list;
    }

    /** One finding; {@code maybe} is null when nothing can be said. */
    public static ObjectNode one(Diagnostic diagnostic) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("severity", diagnostic.severity().name().toLowerCase(Locale.ROOT));
        node.put("code", diagnostic.code());
        node.put("file", diagnostic.file());
        node.put("line", diagnostic.line());
        node.put("column", diagnostic.column());
        node.put("message", diagnostic.message());
        node.put("maybe", diagnostic.maybe().isEmpty() ? null : diagnostic.maybe());
        return node;
    }
}
