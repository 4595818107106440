package io.regrade.policytest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The schema that editors use says the same as the reader. */
class PolicyTestSchemaTest {

    private static final Path SCHEMA = Path.of("config/schemas/policy-test.schema.json");

    private static JsonObject schema() throws IOException {
        return new JsonObject(Files.readString(SCHEMA));
    }

    private static OutputUnit validate(String yaml) throws IOException {
        var problems = new ArrayList<io.regrade.policy.Diagnostic>();
        String json = String.valueOf(YamlFile.read("a_test.yaml", yaml, new Lines(), problems));
        assertThat(problems).isEmpty();
        return Validator.create(
                        JsonSchema.of(schema()),
                        new JsonSchemaOptions().setBaseUri("https://regrade.io").setDraft(Draft.DRAFT202012))
                .validate(new JsonObject(json));
    }

    @TestFactory
    Stream<DynamicTest> standardPolicyTests_areValid() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("rules/standard/tests"))) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(
                            String.valueOf(file.getFileName()),
                            () -> assertThat(validate(Files.readString(file)).getErrors())
                                    .isNullOrEmpty()));
        }
    }

    @Test
    void misspeltField_isNotValid() throws IOException {
        assertThat(validate("name: a\ncases: [{name: b, given: {vm: x}, expect: {acton: keep}}]")
                        .getValid())
                .isFalse();
    }

    @Test
    void tableOfCases_isValid_andACaseWithoutAnythingIsNot() throws IOException {
        assertThat(validate("""
                        name: a
                        cases:
                          - {name: b, given: {vm: x}, columns: [given.vm.vcpu, expect.action], rows: [[2, keep]]}
                          - {name: c, rows: [{name: d, given: {vm: x}, expect: {recorded: {outcome: decided}}}]}
                        """).getValid()).isTrue();
        assertThat(validate("name: a\ncases: [{name: b}]").getValid()).isFalse();
    }

    @Test
    void fields_areThoseOfTheReader() throws IOException {
        JsonObject schema = schema();
        assertThat(names(schema)).containsExactlyInAnyOrderElementsOf(Vocabulary.SUITE);
        JsonObject parts = schema.getJsonObject("$defs");
        assertThat(names(parts.getJsonObject("case"))).containsExactlyInAnyOrderElementsOf(Vocabulary.CASE);
        assertThat(names(parts.getJsonObject("given"))).containsExactlyInAnyOrderElementsOf(Vocabulary.GIVEN);
        assertThat(names(parts.getJsonObject("vm"))).containsExactlyInAnyOrderElementsOf(Vocabulary.VM);
        assertThat(names(parts.getJsonObject("target"))).containsExactlyInAnyOrderElementsOf(Vocabulary.TARGET);
        assertThat(names(parts.getJsonObject("pricing"))).containsExactlyInAnyOrderElementsOf(Vocabulary.PRICING);
        assertThat(names(parts.getJsonObject("expect"))).containsExactlyInAnyOrderElementsOf(Vocabulary.EXPECT);
        JsonObject machine = parts.getJsonObject("vm").getJsonObject("properties");
        assertThat(entries(machine, "redundancy")).containsExactlyInAnyOrderElementsOf(Vocabulary.REDUNDANCY);
        assertThat(entries(machine, "dismissals")).containsExactlyInAnyOrderElementsOf(Vocabulary.DISMISSAL);
        assertThat(names(machine.getJsonObject("counter_offer")))
                .containsExactlyInAnyOrderElementsOf(Vocabulary.COUNTER_OFFER);
        JsonObject expect = parts.getJsonObject("expect").getJsonObject("properties");
        assertThat(names(expect.getJsonObject("configuration")))
                .containsExactlyInAnyOrderElementsOf(Vocabulary.CONFIGURATION);
        assertThat(entries(expect, "needs")).containsExactlyInAnyOrderElementsOf(Vocabulary.NEED);
        assertThat(entries(expect, "benefits")).containsExactlyInAnyOrderElementsOf(Vocabulary.BENEFIT);
        assertThat(entries(expect, "rejected")).containsExactlyInAnyOrderElementsOf(Vocabulary.REJECTED);
        assertThat(entries(expect, "vetoes")).containsExactlyInAnyOrderElementsOf(Vocabulary.VETO);
        assertThat(names(expect.getJsonObject("recorded"))).containsExactlyInAnyOrderElementsOf(RecordedEntry.NAMES);
        assertThat(names(parts.getJsonObject("row"))).containsExactlyInAnyOrderElementsOf(Vocabulary.ROW);
        assertThat(entries(expect, "excluded")).containsExactlyInAnyOrderElementsOf(Vocabulary.EXCLUDED);
    }

    private static List<String> entries(JsonObject properties, String list) {
        return names(properties.getJsonObject(list).getJsonObject("items"));
    }

    private static List<String> names(JsonObject schema) {
        return List.copyOf(schema.getJsonObject("properties").fieldNames());
    }
}
