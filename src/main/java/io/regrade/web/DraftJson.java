package io.regrade.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.Draft;
import io.regrade.ledger.DraftRun;
import io.regrade.ledger.DraftRun.Stop;
import io.regrade.ledger.PolicyVersion;
import io.regrade.ledger.PolicyVersion.Activation;
import io.regrade.policy.bundle.Manifest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Drafts, their runs and versions of policies as JSON. */
final class DraftJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DraftJson() {}

    /** A draft as a list shows it. */
    static ObjectNode draft(Draft draft) {
        ObjectNode node = JSON.objectNode();
        node.put("id", draft.id());
        node.put("policy", draft.policy());
        node.put("state", draft.state().key());
        node.put("digest", draft.digest());
        put(node, "base", draft.base());
        node.put("author", draft.author());
        node.put("created_at", draft.createdAt().toString());
        node.put("changed_at", draft.changedAt().toString());
        strings(node.putArray("signed_by"), Manifest.signers(draft.manifest()));
        return node;
    }

    /** A draft with its history. */
    static ObjectNode whole(Draft draft) {
        ObjectNode node = draft(draft);
        strings(node.putArray("authors"), draft.authors());
        strings(node.putArray("approved_by"), draft.approvers());
        ArrayNode allowed = node.putArray("allowed");
        draft.state().allowed().forEach(verb -> allowed.add(verb.key()));
        ArrayNode history = node.putArray("history");
        for (Draft.Step step : draft.history()) {
            ObjectNode object = history.addObject();
            object.put("what", step.what());
            object.put("by", step.by());
            object.put("at", step.at().toString());
            object.put("digest", step.digest());
            put(object, "outcome", step.outcome());
            put(object, "comment", step.comment());
        }
        return node;
    }

    /** A run; what it told is as the command told it. */
    static ObjectNode run(DraftRun run) {
        ObjectNode node = JSON.objectNode();
        node.put("id", run.id());
        node.put("draft", run.draft());
        node.put("work", run.work().key());
        node.put("digest", run.digest());
        node.put("state", run.state().key());
        node.put("asked_by", run.by());
        node.put("created_at", run.createdAt().toString());
        put(node, "finished_at", run.finishedAt());
        raw(node, "progress", run.progress());
        raw(node, "result", run.result());
        Stop stop = run.stop();
        if (stop != null) {
            node.putObject("problem")
                    .put("type", ProblemType.STOPPED.uri())
                    .put("title", ProblemType.STOPPED.title())
                    .put("status", ProblemType.STOPPED.status())
                    .put("detail", stop.detail())
                    .put("kind", stop.kind());
        }
        return node;
    }

    private static void raw(ObjectNode node, String field, @Nullable String json) {
        if (json != null) {
            try {
                node.set(field, MAPPER.readTree(json));
            } catch (JsonProcessingException e) {
                node.put(field, json);
            }
        }
    }

    /** A version of a policy. */
    static ObjectNode version(PolicyVersion version) {
        ObjectNode node = JSON.objectNode();
        node.put("policy", version.policy());
        node.put("digest", version.digest());
        node.put("active", version.active());
        node.put("stored_at", version.storedAt().toString());
        node.put("by", version.by());
        strings(node.putArray("signed_by"), Manifest.signers(version.manifest()));
        ArrayNode activations = node.putArray("activations");
        version.activations().forEach(one -> activations.add(activation(one)));
        return node;
    }

    /** That a version began to decide. */
    static ObjectNode activation(Activation activation) {
        ObjectNode node = JSON.objectNode();
        node.put("policy", activation.policy());
        node.put("digest", activation.digest());
        put(node, "previous", activation.previous());
        node.put("what", activation.what().key());
        node.put("by", activation.by());
        put(node, "comment", activation.comment());
        put(node, "draft", activation.draft());
        node.put("at", activation.at().toString());
        return node;
    }

    private static void strings(ArrayNode array, Iterable<String> values) {
        values.forEach(array::add);
    }

    private static void put(ObjectNode node, String field, @Nullable Object value) {
        if (value != null) {
            node.put(field, value.toString());
        }
    }

    static List<String> columns() {
        return List.of("id", "policy", "state", "digest", "base", "author", "created_at", "changed_at");
    }
}
