package io.regrade.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.pipeline.CheckPolicy.Checked;
import io.regrade.policy.Diagnostic;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What SARIF 2.1.0 requires of a log, and of the parts of it that are written here. */
class DiagnosticsSarifTest {

    private static final Checked CHECKED = new Checked(
            "mine",
            "sha256:0",
            List.of(
                    Diagnostic.of(
                            Diagnostic.Severity.ERROR,
                            "unknown-field",
                            "needs/über den Tag.drl",
                            3,
                            7,
                            "`Vm` has no `nam`. Maybe `name`"),
                    Diagnostic.warning("unused-parameter", "policy.yaml", 4, "nobody asks for `x`"),
                    Diagnostic.error("encoding", "tables/limits.csv", 0, "the file is not UTF-8 text")));

    private final JsonNode log = DiagnosticsSarif.of(CHECKED, "0.1.0", Path.of("rules", "mine"));
    private final JsonNode run = log.path("runs").path(0);

    /** The schema that OASIS published with SARIF 2.1.0, as editors and code scanning take it from schemastore.org. */
    @Test
    void log_isValidByTheStandardsSchema() throws IOException {
        JsonObject schema = new JsonObject(Files.readString(Path.of("src/test/resources/sarif-2.1.0-rtm.5.json")));
        Validator validator = Validator.create(
                JsonSchema.of(schema),
                new JsonSchemaOptions()
                        .setBaseUri("https://localhost/")
                        .setDraft(Draft.DRAFT4)
                        .setOutputFormat(OutputFormat.Basic));
        OutputUnit valid = validator.validate(new JsonObject(log.toString()));
        assertThat(valid.getValid()).as(String.valueOf(valid.getErrors())).isTrue();

        JsonObject broken = new JsonObject(log.toString());
        broken.getJsonArray("runs")
                .getJsonObject(0)
                .getJsonArray("results")
                .getJsonObject(0)
                .remove("message");
        assertThat(validator.validate(broken).getValid()).isFalse();
    }

    @Test
    void log_hasWhatTheStandardRequires() {
        assertThat(log.path("version").textValue()).isEqualTo("2.1.0");
        assertThat(URI.create(log.path("$schema").textValue()).isAbsolute()).isTrue();
        assertThat(log.path("runs")).hasSize(1);
        assertThat(run.at("/tool/driver/name").textValue()).isNotBlank();
        assertThat(run.at("/tool/driver/semanticVersion").textValue()).isEqualTo("0.1.0");
        assertThat(run.path("columnKind").textValue()).isEqualTo("utf16CodeUnits");
    }

    @Test
    void results_pointToTheirRuleAndPlace() {
        assertThat(run.path("results")).hasSize(3).allSatisfy(result -> {
            assertThat(result.at("/message/text").textValue()).isNotBlank().endsWith(".");
            assertThat(result.path("level").textValue()).isIn("error", "warning");
            JsonNode rule =
                    run.at("/tool/driver/rules").path(result.path("ruleIndex").intValue());
            assertThat(rule.path("id")).isEqualTo(result.path("ruleId"));
            assertThat(rule.has("helpUri")).as("a page is no site").isFalse();
            assertThat(rule.at("/help/markdown").textValue())
                    .startsWith("# `" + rule.path("id").textValue() + "`");
            assertThat(rule.at("/shortDescription/text").textValue()).isNotBlank();
        });
        JsonNode first = run.path("results").path(0);
        assertThat(first.at("/message/text").textValue()).isEqualTo("`Vm` has no `nam`. Maybe `name`.");
        JsonNode place = first.at("/locations/0/physicalLocation");
        assertThat(place.at("/artifactLocation/uri").textValue())
                .isEqualTo("rules/mine/needs/%C3%BCber%20den%20Tag.drl");
        assertThat(place.at("/region/startLine").intValue()).isEqualTo(3);
        assertThat(place.at("/region/startColumn").intValue()).isEqualTo(7);
    }

    @Test
    void wholeFile_hasNoRegion_andAWholeLineNoColumn() {
        assertThat(run.at("/results/1/locations/0/physicalLocation/region").toString())
                .isEqualTo("{\"startLine\":4}");
        assertThat(run.at("/results/2/locations/0/physicalLocation").has("region"))
                .isFalse();
    }
}
