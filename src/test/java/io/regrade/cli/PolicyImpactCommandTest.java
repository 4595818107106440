package io.regrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.decision.CanonicalJson;
import io.regrade.decision.FactJson;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.policy.Policies;
import io.regrade.web.contract.Schemas;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy impact} with two small policies: one keeps all, its draft knows too little of one owner's machines. */
class PolicyImpactCommandTest {

    private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static Path fleet;
    private static String owner;
    private static long owned;
    private static Services services;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void make() throws IOException {
        fleet = shared.resolve("fleet");
        SampleFleet.write(fleet, new SampleFleet.Options(3, 20, 20, 1, 60, NOW));
        Fleet read = new FleetReader().read(fleet);
        owner = String.valueOf(read.vms().get(0).vm().owner());
        owned = read.vms().stream()
                .filter(facts -> owner.equals(facts.vm().owner()))
                .count();
        write(shared.resolve("active"), Policies.small());
        String own = Policies.drl(
                "choose",
                Policies.rule("keep-others", "Vm(owner != \"" + owner + "\")", "insert(Choice.keep(\"it stays\"));"),
                Policies.rule(
                        "ask-owner",
                        "Vm(owner == \"" + owner + "\")",
                        "insert(Choice.insufficientData(\"its owner is asked\"));"));
        write(shared.resolve("draft"), Policies.small("choose/keep.drl", own));
        write(shared.resolve("lines.ndjson"), read);
        services = new Services(Path.of(""), CompiledOnce.compiler(), new NoServer(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private static void write(Path directory, SortedMap<String, String> files) throws IOException {
        for (var file : files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
    }

    /** The fleet as `GET /v1/facts` would answer it. */
    private static void write(Path file, Fleet fleet) throws IOException {
        List<String> lines = new ArrayList<>(List.of("{\"total\":20}", "{\"time\":\"" + NOW + "\"}"));
        fleet.targets().forEach(target -> lines.add("{\"target\":" + text(FactJson.target(target)) + "}"));
        lines.add("{\"pricing\":" + text(FactJson.pricing(fleet.pricing())) + "}");
        fleet.vms().forEach(facts -> lines.add("{\"facts\":" + text(FactJson.facts(facts)) + "}"));
        lines.add("{\"unusable\":{\"erased\":2}}");
        Files.write(file, lines);
    }

    private static String text(JsonNode node) {
        return new String(CanonicalJson.bytes(node), StandardCharsets.UTF_8);
    }

    private int impact(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "policy",
                "impact",
                "--policy",
                shared.resolve("draft").toString(),
                "--against",
                shared.resolve("active").toString()));
        arguments.addAll(List.of(more));
        return RegradeCommand.commandLine(services)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(String[]::new));
    }

    private int overFleet(String... more) {
        List<String> arguments = new ArrayList<>(List.of("--fleet", fleet.toString()));
        arguments.addAll(List.of(more));
        return impact(arguments.toArray(String[]::new));
    }

    @Test
    void table_saysWhatChanges() {
        assertThat(overFleet()).isZero();
        assertThat(out.toString())
                .contains("20 machines: the advice changes for " + owned)
                .contains("Only the draft has `keep-others`, `ask-owner`")
                .contains("Only the active policy has `keep-all`")
                .contains("keep    insufficient-data");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void markdown_hasTheSameTables() {
        assertThat(overFleet("--format", "markdown", "--explain")).isZero();
        assertThat(out.toString())
                .startsWith("# Impact of a draft of `small`")
                .contains("| keep | insufficient-data | " + owned + " | " + owned + " | $0.00 |");
    }

    @Test
    void json_isTheSchemaOfTheContract() throws IOException {
        assertThat(overFleet("--format", "json")).isZero();
        JsonNode impact = JSON.readTree(out.toString());
        assertThat(Schemas.findings("Impact", impact)).isEmpty();
        assertThat(impact.at("/changed").asLong()).isEqualTo(owned);
        assertThat(impact.at("/owners/0/owner").asText()).isEqualTo(owner);
        assertThat(impact.at("/owners/0/changed").asLong()).isEqualTo(owned);
    }

    @Test
    void csv_hasARowForEachMachineThatChanges() {
        assertThat(overFleet("--format", "csv")).isZero();
        assertThat(out.toString().lines())
                .hasSize((int) owned + 1)
                .first()
                .asString()
                .startsWith("vm,decision,group,owner,change,action_before");
        assertThat(out.toString().lines().skip(1)).allMatch(row -> row.contains(",keep,insufficient-data,"));
    }

    @Test
    void ndjson_tellsProgressAndEndsWithTheImpact() throws IOException {
        assertThat(impact("--facts", shared.resolve("lines.ndjson").toString(), "--format", "ndjson"))
                .isZero();
        List<String> lines = out.toString().lines().toList();
        assertThat(JSON.readTree(lines.get(lines.size() - 2)).at("/progress"))
                .isEqualTo(JSON.readTree("{\"done\":20,\"total\":20}"));
        JsonNode impact = JSON.readTree(lines.get(lines.size() - 1));
        assertThat(Schemas.findings("Impact", impact)).isEmpty();
        assertThat(impact.at("/changed").asLong()).isEqualTo(owned);
        assertThat(impact.at("/unusable/erased").asLong()).isEqualTo(2);
    }

    @Test
    void thresholds_makeTheAnswerNo() {
        assertThat(overFleet("--max-changed", "90%")).isZero();
        assertThat(overFleet("--max-changed", "1%")).isEqualTo(ExitCode.NO);
        assertThat(err.toString()).contains("of the machines, accepted are 1 %");
        assertThat(overFleet("--max-saving-loss", "0", "--max-raised-risk", "0"))
                .isZero();
    }

    @Test
    void misuse_isTold() throws IOException {
        assertThat(impact()).isEqualTo(ExitCode.INPUT);
        assertThat(overFleet("--max-changed", "many")).isEqualTo(ExitCode.INPUT);
        assertThat(overFleet("--decisions")).isEqualTo(ExitCode.INPUT);
        assertThat(overFleet("--top", "-1")).isEqualTo(ExitCode.INPUT);
        Path broken = shared.resolve("broken.ndjson");
        Files.writeString(broken, "{\"time\":\"2025-06-01T00:00:00Z\"}\n{\"facts\":{}}\n");
        assertThat(impact("--facts", broken.toString())).isEqualTo(ExitCode.INPUT);
        Files.writeString(broken, "{\"time\":\"2025-06-01T00:00:00Z\"}\nno json\n");
        assertThat(impact("--facts", broken.toString())).isEqualTo(ExitCode.INPUT);
        assertThat(err.toString())
                .contains("Maybe `5%` or `0.05`", "Maybe `--server URL --decisions`", "Maybe a number from 0 to 1000")
                .contains("broken.ndjson:2: facts stand before `pricing`", "broken.ndjson:2: this is not JSON")
                .doesNotContain("Exception", "io.regrade");
    }
}
