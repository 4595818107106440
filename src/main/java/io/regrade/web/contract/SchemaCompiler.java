package io.regrade.web.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.web.contract.Schema.Check;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Compiles the schemas of one OpenAPI 3.1 document: the part of JSON Schema 2020-12 that the contract uses, and an
 * error for any other keyword.
 */
final class SchemaCompiler {

    private static final Set<String> ANNOTATIONS =
            Set.of("description", "title", "default", "example", "examples", "deprecated", "readOnly", "writeOnly");
    private static final Set<String> KEYWORDS = Set.of(
            "$ref",
            "type",
            "enum",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "items",
            "required",
            "properties",
            "additionalProperties",
            "anyOf");

    private final JsonNode document;
    private final boolean closed;
    private final Map<String, Schema> byReference = new HashMap<>();

    /**
     * A compiler.
     *
     * @param document the whole OpenAPI document
     * @param closed whether objects that declare properties may have no others even where the schema leaves that open;
     *     for tests of answers
     */
    SchemaCompiler(JsonNode document, boolean closed) {
        this.document = document;
        this.closed = closed;
    }

    Schema compile(JsonNode schema) {
        List<Check> checks = new ArrayList<>();
        schema.fieldNames().forEachRemaining(keyword -> {
            if (!KEYWORDS.contains(keyword) && !ANNOTATIONS.contains(keyword)) {
                throw new IllegalArgumentException("the contract uses `" + keyword + "`, which is not checked");
            }
        });
        if (schema.has("$ref")) {
            Schema target = reference(schema.get("$ref").textValue());
            checks.add(target::check);
        }
        if (schema.has("type")) {
            checks.add(ScalarChecks.type(strings(schema.get("type"))));
            checks.add(ScalarChecks.CHARACTERS);
        }
        if (schema.has("enum")) {
            checks.add(ScalarChecks.oneOf(schema.get("enum")));
        }
        if (schema.has("minimum") || schema.has("maximum") || schema.has("exclusiveMinimum")) {
            checks.add(ScalarChecks.range(
                    decimal(schema, "minimum"), decimal(schema, "maximum"), decimal(schema, "exclusiveMinimum")));
        }
        if (schema.has("minLength") || schema.has("maxLength")) {
            checks.add(ScalarChecks.length(
                    schema.path("minLength").asInt(0), schema.path("maxLength").asInt(Integer.MAX_VALUE)));
        }
        if (schema.has("pattern")) {
            checks.add(ScalarChecks.pattern(
                    Pattern.compile(schema.get("pattern").textValue()),
                    schema.path("minLength").asInt(0) > 0));
        }
        if (schema.has("minItems") || schema.has("maxItems")) {
            checks.add(ScalarChecks.size(
                    schema.path("minItems").asInt(0), schema.path("maxItems").asInt(Integer.MAX_VALUE)));
        }
        if (schema.has("items")) {
            checks.add(items(compile(schema.get("items"))));
        }
        if (schema.has("required")) {
            checks.add(required(strings(schema.get("required"))));
        }
        if (schema.has("properties") || schema.has("additionalProperties")) {
            checks.add(properties(schema));
        }
        if (schema.has("anyOf")) {
            checks.add(anyOf(schema.get("anyOf")));
        }
        return new Schema(List.copyOf(checks));
    }

    private Schema reference(String reference) {
        Schema known = byReference.get(reference);
        if (known != null) {
            return known;
        }
        JsonNode target = document.at(reference.substring(1));
        if (!reference.startsWith("#/") || target.isMissingNode()) {
            throw new IllegalArgumentException("the contract has no `" + reference + "`");
        }
        Schema compiled = compile(target);
        byReference.put(reference, compiled);
        return compiled;
    }

    private static @Nullable BigDecimal decimal(JsonNode schema, String keyword) {
        return schema.has(keyword) ? schema.get(keyword).decimalValue() : null;
    }

    private static List<String> strings(JsonNode node) {
        List<String> strings = new ArrayList<>();
        if (node.isTextual()) {
            strings.add(node.textValue());
        }
        node.elements().forEachRemaining(one -> strings.add(one.textValue()));
        return strings;
    }

    private static Check items(Schema each) {
        return (node, place, findings) -> {
            if (node.isArray()) {
                for (int i = 0; i < node.size(); i++) {
                    each.check(node.get(i), place.entry(i), findings);
                }
            }
        };
    }

    private static Check required(List<String> names) {
        return (node, place, findings) -> {
            if (node.isObject()) {
                for (String name : names) {
                    if (!node.has(name)) {
                        findings.add(Finding.pointer(place.field(name).pointer(), "`" + name + "` is missing"));
                    }
                }
            }
        };
    }

    private Check properties(JsonNode schema) {
        Map<String, Schema> known = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(entry -> known.put(entry.getKey(), compile(entry.getValue())));
        JsonNode others = schema.get("additionalProperties");
        boolean none = others == null ? closed : others.isBoolean() && !others.booleanValue();
        Schema rest = others != null && others.isObject() ? compile(others) : Schema.ANY;
        return ScalarChecks.fields(known, none ? null : rest);
    }

    private Check anyOf(JsonNode alternatives) {
        List<Schema> schemas = new ArrayList<>();
        alternatives.forEach(one -> schemas.add(compile(one)));
        return (node, place, findings) -> {
            List<Finding> best = null;
            for (Schema schema : schemas) {
                List<Finding> found = new ArrayList<>();
                schema.check(node, place, found);
                if (found.isEmpty()) {
                    return;
                }
                // The alternative that is missed by least is the one that was probably meant.
                best = best == null || found.size() < best.size() ? found : best;
            }
            if (best != null) {
                findings.addAll(best);
            }
        };
    }
}
