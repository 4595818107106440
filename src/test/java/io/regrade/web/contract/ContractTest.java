package io.regrade.web.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.SchemaRepository;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.contract.OpenAPIContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

/** The contract against itself, and our reading of it against somebody else's. */
class ContractTest {

    /** Its senders know of no key; sending the same again is safe. */
    private static final String OTHERS_PROTOCOL = "remoteWrite";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> READ_BY_VERTX = Set.of("application/json", "text/plain");

    private final Contract contract = Contract.load();
    private final JsonNode document = MAPPER.valueToTree(new Yaml().<Object>load(contract.text()));

    @Test
    void document_isOpenApi31ToAnotherReader() throws Exception {
        ObjectNode copy = document.deepCopy();
        // Vert.x reads few media types; the schemas are what matters here.
        copy.findValues("content").forEach(content -> {
            List<String> types = new ArrayList<>();
            content.fieldNames().forEachRemaining(types::add);
            types.removeAll(READ_BY_VERTX);
            ((ObjectNode) content).remove(types);
            if (content.isEmpty()) {
                ((ObjectNode) content)
                        .putObject("text/plain")
                        .putObject("schema")
                        .put("type", "string");
            }
        });
        Vertx vertx = Vertx.vertx();
        try {
            OpenAPIContract other = OpenAPIContract.from(vertx, new JsonObject(copy.toString()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(60, TimeUnit.SECONDS);
            assertThat(other.operations())
                    .extracting(io.vertx.openapi.contract.Operation::getOperationId)
                    .containsExactlyInAnyOrderElementsOf(
                            contract.operations().stream().map(Operation::id).toList());
        } finally {
            vertx.close();
        }
    }

    @Test
    void whatIsAskedForInABody_isSaidWhetherItMayHaveOtherMembers() {
        document.path("paths")
                .forEach(path -> path.forEach(operation -> operation
                        .path("requestBody")
                        .path("content")
                        .properties()
                        .forEach(type -> {
                            JsonNode schema = type.getValue().path("schema");
                            JsonNode asked = schema.has("$ref")
                                    ? document.at(schema.get("$ref").textValue().substring(1))
                                    : schema;
                            assertThat(!asked.has("properties") || asked.has("additionalProperties"))
                                    .as(operation.path("operationId").asText() + " " + type.getKey())
                                    .isTrue();
                        })));
    }

    @Test
    void operations_stateWhatCanGoWrong() {
        for (Operation operation : contract.operations()) {
            assertThat(operation.answers()).as(operation.id()).containsKeys(400, 500);
            if (operation.hasBody()) {
                assertThat(operation.answers()).as(operation.id()).containsKeys(413, 415, 503);
            }
            if (operation.path().contains("{id}")) {
                assertThat(operation.answers().containsKey(404)
                                || operation.method().equals("PUT"))
                        .as(operation.id())
                        .isTrue();
            }
            if (!operation.method().equals("GET") && !operation.id().equals(OTHERS_PROTOCOL)) {
                assertThat(operation.parameters().stream().map(Parameter::name))
                        .as(operation.id())
                        .contains("Idempotency-Key");
            }
            operation.answers().forEach((status, types) -> {
                if (status >= 400 && status != 503) {
                    assertThat(types.keySet())
                            .as("%s %s", operation.id(), status)
                            .containsExactly("application/problem+json");
                }
            });
        }
    }

    @Test
    void examples_areAsTheirSchemasWant() {
        int examples = 0;
        for (Map.Entry<String, JsonNode> schema :
                document.at("/components/schemas").properties()) {
            JsonNode example = schema.getValue().get("example");
            if (example != null) {
                examples++;
                assertThat(schema(schema.getKey()).check(example))
                        .as(schema.getKey())
                        .isEmpty();
                assertThat(vertx(schema.getKey())
                                .validate(new JsonObject(example.toString()))
                                .getValid())
                        .as(schema.getKey())
                        .isTrue();
            }
        }
        for (JsonNode example :
                document.at("/paths/~1v1~1decisions/post/requestBody/content/application~1json/examples")) {
            examples++;
            assertThat(schema("DecideRequest").check(example.get("value"))).isEmpty();
        }
        assertThat(examples).isGreaterThan(8);
    }

    private Schema schema(String name) {
        return new SchemaCompiler(document, false).compile(document.at("/components/schemas/" + name));
    }

    private Validator vertx(String name) {
        JsonSchemaOptions options = new JsonSchemaOptions()
                .setDraft(Draft.DRAFT202012)
                .setBaseUri("app://regrade")
                .setOutputFormat(OutputFormat.Basic);
        SchemaRepository repository = SchemaRepository.create(options);
        JsonObject definitions = new JsonObject(
                document.at("/components/schemas").toString().replace("#/components/schemas/", "#/$defs/"));
        return repository.validator(
                JsonSchema.of(new JsonObject().put("$defs", definitions).put("$ref", "#/$defs/" + name)),
                options,
                true);
    }

    /** Bodies that are broken at random, judged by both. */
    @Test
    void check_findsWhatAnotherValidatorFinds() {
        JsonNode whole =
                document.at("/paths/~1v1~1decisions/post/requestBody/content/application~1json/examples/given/value");
        Schema mine = schema("DecideRequest");
        Validator other = vertx("DecideRequest");
        Random random = new Random(7);
        int broken = 0;
        for (int i = 0; i < 2000; i++) {
            JsonNode body = whole.deepCopy();
            for (int n = random.nextInt(3); n >= 0; n--) {
                breakOne(body, random);
            }
            boolean fine = mine.check(body).isEmpty();
            broken += fine ? 0 : 1;
            assertThat(other.validate(new JsonObject(body.toString())).getValid())
                    .as(body.toString())
                    .isEqualTo(fine);
        }
        assertThat(broken).isBetween(500, 1900);
    }

    private static void breakOne(JsonNode node, Random random) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        if (node instanceof ObjectNode object && !names.isEmpty()) {
            String name = names.get(random.nextInt(names.size()));
            JsonNode value = object.get(name);
            if (value.isContainerNode() && !value.isEmpty() && random.nextInt(10) > 0) {
                breakOne(value, random);
            } else {
                change(object, name, random);
            }
        } else if (node.isArray() && !node.isEmpty()) {
            breakOne(node.get(random.nextInt(node.size())), random);
        }
    }

    private static void change(ObjectNode object, String name, Random random) {
        switch (random.nextInt(9)) {
            case 0 -> object.remove(name);
            case 1 -> object.putNull(name);
            case 2 -> object.put(name, -1);
            case 3 -> object.put(name, "text");
            case 4 -> object.put(name, 1.5);
            case 5 -> object.putArray(name).add("a").add(1);
            case 6 -> object.put(name + "_else", true);
            case 7 -> object.put(name, 0);
            default -> object.putObject(name).put("deep", true);
        }
    }

    @Test
    void findings_sayWhereAndWhat() throws Exception {
        List<Finding> findings = schema("DecideRequest").check(MAPPER.readTree("""
                        {"vms": [{"id": "", "vcpu": 0, "usage_summary": [{"samples": 1.5}], "a/b~c": []}], "vmz": 1}
                        """));
        assertThat(findings)
                .contains(
                        Finding.pointer("/vms/0/id", "`id` has no value"),
                        Finding.pointer("/vms/0/vcpu", "`vcpu` is `0`, which is not more than 0"),
                        Finding.pointer("/vms/0/usage_summary/0/samples", "`samples` is `1.5`, not a whole number"),
                        Finding.pointer("/vms/0/usage_summary/0/resource", "`resource` is missing"),
                        Finding.pointer(
                                "/vms/0/a~1b~0c", "`a/b~c` is a list, not a text or a number or `true` or `false`"),
                        Finding.pointer("/vmz", "`vmz` is not known. Maybe `vms`"));
    }

    @Test
    void keywordsThatAreNotChecked_stopTheStart() {
        String text = "openapi: 3.1.0\npaths: {/a: {get: {operationId: a, responses: {'200': {content:"
                + " {application/json: {schema: {uniqueItems: true}}}}}}}}\n";
        assertThatThrownBy(() -> Contract.parse(text, false))
                .hasMessage("the contract uses `uniqueItems`, which is not checked");
        assertThatThrownBy(() -> Contract.parse(text.replace("uniqueItems: true", "$ref: '#/nowhere'"), false))
                .hasMessage("the contract has no `#/nowhere`");
    }
}
