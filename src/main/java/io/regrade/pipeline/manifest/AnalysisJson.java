package io.regrade.pipeline.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Declaration;
import io.regrade.intake.manifest.found.FoundModule;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Place;
import java.util.List;

/** The JSON form of what was found in manifests, for commands and answers. */
public final class AnalysisJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private AnalysisJson() {}

    /** A file that was read or refused. */
    public static ObjectNode of(AnalyzeManifests.Result result) {
        Analysis analysis = result.analysis();
        ManifestException refusal = result.refusal();
        ObjectNode node = analysis == null ? JSON.objectNode() : of(analysis);
        if (refusal != null) {
            node.put("file", result.file());
            node.set("refused", said(refusal.problem(), refusal.place()));
        }
        if (!result.conflicts().isEmpty()) {
            node.set("conflicts", conflicts(result.conflicts()));
        }
        return node;
    }

    /** What does not fit. */
    public static ArrayNode conflicts(List<Conflict> conflicts) {
        ArrayNode nodes = JSON.arrayNode();
        conflicts.forEach(one -> {
            ObjectNode node = JSON.objectNode().put("attribute", one.attribute().key());
            if (!one.subject().isEmpty()) {
                node.put("subject", one.subject());
            }
            nodes.add(node.put("text", one.text()).put("at", one.place().toString()));
        });
        return nodes;
    }

    /** What a file says. */
    public static ObjectNode of(Analysis analysis) {
        ObjectNode node = JSON.objectNode();
        node.put("file", analysis.file());
        node.put("format", analysis.format().key());
        ArrayNode declares = node.putArray("declares");
        analysis.declares().forEach(one -> declares.add(declaration(one)));
        ArrayNode modules = node.putArray("modules");
        analysis.modules().forEach(one -> modules.add(module(one)));
        ArrayNode notes = node.putArray("notes");
        analysis.notes().forEach(one -> notes.add(said(one.text(), one.place())));
        return node;
    }

    private static ObjectNode declaration(Declaration one) {
        ObjectNode node = JSON.objectNode();
        if (!one.system().isEmpty()) {
            node.put("system", one.system());
        }
        node.put("attribute", one.attribute().key());
        if (one.attribute().resource() == null) {
            node.put("value", one.value());
        } else {
            node.put("value", one.amount());
        }
        return node.put("at", one.place().toString());
    }

    private static ObjectNode module(FoundModule module) {
        ObjectNode node = JSON.objectNode().put("name", module.name());
        if (module.version() != null) {
            node.put("version", module.version());
        }
        node.put("at", module.place().toString());
        ArrayNode requires = node.putArray("requires");
        module.requires()
                .forEach(one -> requires.add(JSON.objectNode()
                        .put("requires", one.requirement().text())
                        .put("at", one.place().toString())));
        return node;
    }

    private static ObjectNode said(String text, Place place) {
        return JSON.objectNode().put("text", text).put("at", place.toString());
    }
}
