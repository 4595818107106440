package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A decision's trace as a text for people: what was decided, then each rule with what it saw and what it said. */
final class TraceText {

    private TraceText() {}

    /** Writes the JSON of a decision with its trace. */
    static String of(JsonNode decision) {
        StringBuilder out = new StringBuilder(4096);
        line(
                out,
                0,
                decision.path("vm").asText() + ": " + decision.path("action").asText() + target(decision));
        line(out, 0, decision.path("why").asText());
        line(
                out,
                0,
                "decided " + decision.path("decided_at").asText() + " by policy "
                        + decision.path("policy").path("name").asText() + " "
                        + decision.path("policy").path("digest").asText());
        decision.path("errors").forEach(error -> line(out, 0, "error: " + error.asText()));
        Map<String, JsonNode> facts = new LinkedHashMap<>();
        JsonNode trace = decision.path("trace");
        trace.path("facts").forEach(fact -> facts.put(fact.path("id").asText(), fact));
        String phase = "";
        int number = 0;
        for (JsonNode firing : trace.path("firings")) {
            if (!firing.path("phase").asText().equals(phase)) {
                phase = firing.path("phase").asText();
                out.append('\n');
                line(out, 0, phase);
            }
            line(out, 1, ++number + ". " + firing.path("rule").asText());
            firing.path("matched").forEach(id -> line(out, 3, "saw  " + fact(id, facts)));
            firing.path("concluded").forEach(id -> line(out, 3, "said " + fact(id, facts)));
        }
        if (number == 0) {
            line(out, 0, "no rule fired");
        }
        return out.toString();
    }

    private static String target(JsonNode decision) {
        JsonNode target = decision.path("target");
        return target.isObject() ? " to " + target.path("id").asText() : "";
    }

    private static String fact(JsonNode id, Map<String, JsonNode> facts) {
        JsonNode fact = facts.get(id.asText());
        if (fact == null) {
            return id.asText();
        }
        List<String> fields = new ArrayList<>();
        fact.path("fact").properties().forEach(field -> {
            if (field.getValue().isValueNode() && !field.getValue().asText().isEmpty()) {
                fields.add(field.getKey() + " " + field.getValue().asText());
            }
        });
        List<String> origins = new ArrayList<>();
        fact.path("from").forEach(origin -> origins.add(origin.asText()));
        return id.asText() + " " + fact.path("kind").asText() + ": " + String.join(", ", fields)
                + (origins.isEmpty() ? "" : " (from " + String.join(", ", origins) + ")");
    }

    private static void line(StringBuilder out, int indent, String text) {
        out.append("  ".repeat(indent))
                .append(text.replaceAll("\\p{Cntrl}", " "))
                .append('\n');
    }
}
