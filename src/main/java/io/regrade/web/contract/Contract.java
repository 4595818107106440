package io.regrade.web.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The OpenAPI document that this server keeps to. Immutable, thread-safe.
 *
 * @param text the document as it is published
 * @param operations in the order of the document
 * @param words every name of a field or a parameter
 */
public record Contract(String text, List<Operation> operations, Set<String> words) {

    private static final String RESOURCE = "/openapi.yaml";

    /** Copies the list and the set. */
    public Contract {
        operations = List.copyOf(operations);
        words = Set.copyOf(words);
    }

    /** The contract of this build. */
    public static Contract load() {
        return parse(published(), false);
    }

    /** The contract of this build, in which objects may have only the fields that it declares. */
    public static Contract loadClosed() {
        return parse(published(), true);
    }

    private static String published() {
        try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
            return new String(Objects.requireNonNull(in, RESOURCE).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Contract parse(String text, boolean closed) {
        JsonNode document =
                new ObjectMapper().valueToTree(new Yaml(new SafeConstructor(new LoaderOptions())).<Object>load(text));
        SchemaCompiler compiler = new SchemaCompiler(document, closed);
        List<Operation> operations = new ArrayList<>();
        for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                operations.add(operation(document, compiler, path.getKey(), method.getKey(), method.getValue()));
            }
        }
        Set<String> words = new HashSet<>();
        addFields(document, words);
        operations.forEach(operation -> operation.parameters().forEach(parameter -> words.add(parameter.name())));
        return new Contract(text, operations, words);
    }

    /** Adds the names of all fields, wherever they are declared. */
    private static void addFields(JsonNode node, Set<String> words) {
        node.properties().forEach(entry -> {
            if (entry.getKey().equals("properties")) {
                entry.getValue().fieldNames().forEachRemaining(words::add);
            }
        });
        node.forEach(child -> addFields(child, words));
    }

    private static Operation operation(
            JsonNode document, SchemaCompiler compiler, String path, String method, JsonNode operation) {
        List<Parameter> parameters = new ArrayList<>();
        String template = path;
        for (JsonNode reference : operation.path("parameters")) {
            JsonNode parameter = resolved(document, reference);
            parameters.add(parameter(document, compiler, parameter));
            if (parameter.path("x-regrade-rest").asBoolean()) { // OpenAPI has no word for it
                String name = parameter.path("name").asText();
                template = template.replace("{" + name + "}", "{" + name + "+}");
            }
        }
        Map<Integer, Map<String, Schema>> answers = new LinkedHashMap<>();
        operation
                .path("responses")
                .properties()
                .forEach(answer -> answers.put(
                        Integer.valueOf(answer.getKey()), content(compiler, resolved(document, answer.getValue()))));
        return new Operation(
                operation.path("operationId").asText(),
                method.toUpperCase(Locale.ROOT),
                template,
                List.copyOf(parameters),
                content(compiler, operation.path("requestBody")),
                answers);
    }

    private static Map<String, Schema> content(SchemaCompiler compiler, JsonNode owner) {
        Map<String, Schema> byType = new LinkedHashMap<>();
        owner.path("content")
                .properties()
                .forEach(type -> byType.put(
                        type.getKey(), compiler.compile(type.getValue().path("schema"))));
        return byType;
    }

    private static Parameter parameter(JsonNode document, SchemaCompiler compiler, JsonNode parameter) {
        JsonNode schema = parameter.path("schema");
        return new Parameter(
                parameter.path("name").asText(),
                Parameter.In.valueOf(parameter.path("in").asText().toUpperCase(Locale.ROOT)),
                parameter.path("required").asBoolean(),
                parameter.path("allowEmptyValue").asBoolean(),
                resolved(document, schema).path("type").asText(),
                schema.get("default"),
                compiler.compile(schema));
    }

    private static JsonNode resolved(JsonNode document, JsonNode node) {
        return node.has("$ref") ? document.at(node.get("$ref").textValue().substring(1)) : node;
    }
}
