package io.regrade.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.intake.inventory.VmJson;
import io.regrade.ledger.HeldManifest;
import io.regrade.pipeline.manifest.AnalysisJson;
import io.regrade.pipeline.manifest.HoldManifests;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Manifests of held machines over HTTP. */
final class ManifestEndpoints {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MAX_OF_ONE = 100;

    private final HoldManifests manifests;

    ManifestEndpoints(HoldManifests manifests) {
        this.manifests = manifests;
    }

    Map<String, Endpoint> all() {
        return Map.of(
                "putManifest", this::put,
                "listManifests", this::list,
                "getManifest", this::get,
                "deleteManifest", this::delete);
    }

    private CompletionStage<Answer> put(Call call) {
        List<HeldManifest> held = manifests.list(call.id()).orElseThrow(() -> noMachine(call));
        String name = call.text("name");
        if (held.size() >= MAX_OF_ONE
                && held.stream().noneMatch(one -> one.name().equals(name))) {
            throw new HttpProblem(
                    ProblemType.WRONG_STATE,
                    "`" + call.id() + "` has " + MAX_OF_ONE + " manifests, which is the limit. Maybe delete one");
        }
        return manifests
                .put(call.id(), name, call.body())
                .thenApply(done -> done.map(one -> {
                            ObjectNode node = full(one.manifest());
                            node.set("conflicts", AnalysisJson.conflicts(one.conflicts()));
                            return Answer.json(one.created() ? 201 : 200, node);
                        })
                        .orElseThrow(() -> noMachine(call)));
    }

    private CompletionStage<Answer> list(Call call) {
        List<HeldManifest> held = manifests.list(call.id()).orElseThrow(() -> noMachine(call));
        ObjectNode node = JSON.objectNode();
        node.putArray("manifests")
                .addAll(held.stream().map(ManifestEndpoints::brief).toList());
        return CompletableFuture.completedFuture(Answer.json(200, node));
    }

    private CompletionStage<Answer> get(Call call) {
        HeldManifest held = manifests.find(call.id(), name(call)).orElseThrow(() -> noManifest(call));
        return CompletableFuture.completedFuture(Answer.json(200, full(held)));
    }

    private CompletionStage<Answer> delete(Call call) {
        return manifests.remove(call.id(), name(call)).thenApply(removed -> {
            if (!removed) {
                throw noManifest(call);
            }
            return Answer.empty(204);
        });
    }

    private static String name(Call call) {
        return call.value("manifest").asText();
    }

    private static ObjectNode brief(HeldManifest held) {
        return JSON.objectNode()
                .put("vm", held.vm())
                .put("name", held.name())
                .put("digest", held.digest())
                .put("bytes", held.bytes());
    }

    private static ObjectNode full(HeldManifest held) {
        ObjectNode node = brief(held);
        ObjectNode findings = (ObjectNode) VmJson.parse(held.findings().getBytes(StandardCharsets.UTF_8));
        findings.remove("file"); // its name says it
        return node.setAll(findings);
    }

    private static HttpProblem noMachine(Call call) {
        return new HttpProblem(ProblemType.NOT_FOUND, "no machine is held under `" + call.id() + "`");
    }

    private static HttpProblem noManifest(Call call) {
        return new HttpProblem(ProblemType.NOT_FOUND, "`" + call.id() + "` has no manifest `" + name(call) + "`");
    }
}
