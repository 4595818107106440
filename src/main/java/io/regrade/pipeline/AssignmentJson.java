package io.regrade.pipeline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.decision.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An assignment as it is kept with an evaluation. */
final class AssignmentJson {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AssignmentJson() {}

    static String write(Assignment assignment) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        PolicyChoice choice = assignment.choice();
        if (choice != null) {
            node.put("default", choice.byDefault());
            ArrayNode rules = node.putArray("choose");
            for (PolicyChoice.Rule rule : choice.rules()) {
                ObjectNode one = rules.addObject();
                put(one, "tag", rule.tag());
                put(one, "value", rule.value());
                put(one, "owner", rule.owner());
                one.put("policy", rule.policy());
            }
        }
        ObjectNode versions = node.putObject("versions");
        assignment.versions().forEach((name, version) -> {
            ObjectNode one = versions.putObject(name);
            one.put("active", version.active());
            if (version.canary() != null) {
                one.put("canary", version.canary());
                one.put("share", version.share());
            }
        });
        return new String(CanonicalJson.bytes(node), StandardCharsets.UTF_8);
    }

    private static void put(ObjectNode node, String name, @Nullable String value) {
        if (value != null) {
            node.put(name, value);
        }
    }

    /** The inverse of {@link #write}. */
    static Assignment read(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            SortedMap<String, Assignment.Versions> versions = new TreeMap<>();
            for (Map.Entry<String, JsonNode> one : node.path("versions").properties()) {
                JsonNode version = one.getValue();
                versions.put(
                        one.getKey(),
                        new Assignment.Versions(
                                version.path("active").asText(),
                                text(version, "canary"),
                                version.path("share").asDouble()));
            }
            return new Assignment(choice(node), versions);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored assignment is damaged", e);
        }
    }

    private static @Nullable PolicyChoice choice(JsonNode node) {
        String byDefault = text(node, "default");
        if (byDefault == null) {
            return null;
        }
        List<PolicyChoice.Rule> rules = new ArrayList<>();
        for (JsonNode rule : node.path("choose")) {
            rules.add(new PolicyChoice.Rule(
                    text(rule, "tag"),
                    text(rule, "value"),
                    text(rule, "owner"),
                    rule.path("policy").asText()));
        }
        return new PolicyChoice(byDefault, rules);
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).textValue();
    }
}
