package io.regrade.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Compares a decision with what its leaf commits to. */
final class DecisionCheck {

    private final Findings findings;
    private final String where;
    private final JsonNode leaf;
    private final byte[] salt;
    private final List<String> compared = new ArrayList<>();

    DecisionCheck(Findings findings, String where, JsonNode leaf, byte[] salt) {
        this.findings = findings;
        this.where = where;
        this.leaf = leaf;
        this.salt = salt;
    }

    /** Compares; returns what was equal. */
    List<String> compare(byte[] json) {
        JsonNode read;
        try {
            read = Canonical.read(json);
        } catch (IOException e) {
            findings.defect("decision", "it is not JSON: " + e.getMessage());
            return compared;
        }
        if (!(read instanceof ObjectNode decision) || !decision.path("id").isTextual()) {
            findings.defect("decision", "it is no decision: an object with an `id` is expected");
            return compared;
        }
        if (!leaf.path("type").asText().equals("decision")) {
            findings.defect(
                    where, "it is no decision", "decision", leaf.path("type").asText());
            return compared;
        }
        plain("id", decision.path("id"));
        plain("action", decision.path("action"));
        plain("policy", decision.path("policy").path("digest"));
        ObjectNode result = decision.deepCopy();
        JsonNode trace = result.remove("trace");
        try {
            if (trace == null) {
                findings.defect("decision", "it has no `trace`. Maybe ask for it with `explain=full`");
            } else {
                committed("trace", Canonical.bytes(trace));
            }
            committed("result", Canonical.bytes(result));
            committed("facts", decision.path("facts").asText().getBytes(UTF_8));
            committed("vm", decision.path("vm").asText().getBytes(UTF_8));
        } catch (IllegalArgumentException e) {
            findings.defect("decision", "it has no canonical form: " + e.getMessage());
        }
        return compared;
    }

    private void plain(String field, JsonNode found) {
        String expected = leaf.path(field).asText();
        if (!found.asText().equals(expected)) {
            findings.defect("decision", "its " + field + " is not the leaf's", expected, found.asText());
        } else {
            compared.add(field);
        }
    }

    private void committed(String field, byte[] bytes) {
        String expected = leaf.path(field).asText();
        String found = Sha256.hex(Sha256.of(salt, bytes));
        if (found.equals(expected)) {
            compared.add(field);
        } else {
            findings.defect("decision", "its " + field + " is not what was logged", expected, found);
        }
    }
}
