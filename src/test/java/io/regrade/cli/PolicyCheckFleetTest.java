package io.regrade.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.intake.sample.SampleFleet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code policy check --fleet} and {@code policy test --orders} as people run them, on rules that are wrong together. */
class PolicyCheckFleetTest {

    private static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");
    private static final String RULES = """
            package small;
            import io.regrade.fact.*;
            agenda-group "%s"
            """;
    private static final String RULE = """
            rule "Rule %1$s" @id("%1$s") @owner("o") @why("w")
            when
              %2$s
            then
              %3$s
            end
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void write() throws IOException {
        SampleFleet.write(directory.resolve("fleet"), new SampleFleet.Options(3, 8, 10, 2, 60, NOW));
        Path policy = Files.createDirectories(directory.resolve("policy/tests")).getParent();
        Files.copy(Path.of("rules/standard/policy.yaml"), policy.resolve("policy.yaml"));
        Files.writeString(
                policy.resolve("needs.drl"),
                RULES.formatted("needs")
                        + RULE.formatted("up", "$d : Demand(resource == Resource.CPU)", "insert(Need.upgrade($d));")
                        + RULE.formatted(
                                "down", "$d : Demand(resource == Resource.CPU)", "insert(Need.downgrade($d));"));
        Files.writeString(
                policy.resolve("require.drl"),
                RULES.formatted("require")
                        + RULE.formatted(
                                "first",
                                "Vm()  not Requirement(source == \"second\")",
                                "insert(Requirement.atLeast(Resource.CPU, 1, \"first\"));")
                        + RULE.formatted(
                                "second",
                                "Vm()  not Requirement(source == \"first\")",
                                "insert(Requirement.atLeast(Resource.CPU, 2, \"second\"));"));
        Files.writeString(
                policy.resolve("choose.drl"),
                RULES.formatted("choose") + RULE.formatted("stay", "Vm()", "insert(Choice.keep(\"x\"));"));
        Files.writeString(policy.resolve("tests/a_test.yaml"), """
                name: suite
                at: 2025-06-01T00:00:00Z
                cases:
                  - {name: it stays, given: {vm: {id: a, vcpu: 2}}, expect: {action: keep, fired: [stay]}}
                """);
    }

    private int run(String... arguments) {
        return RegradeCommand.commandLine(new Services(
                        Path.of(""), new DroolsCompiler(), new NoServer(), Clock.fixed(NOW, ZoneOffset.UTC)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void fleet_showsWhichMachinesTheRulesContradictThemselvesFor_andWhatDependsOnTheirOrder() throws IOException {
        Path policy = directory.resolve("policy");
        assertThat(run(
                        "policy",
                        "check",
                        "--policy",
                        policy.toString(),
                        "--fleet",
                        directory.resolve("fleet").toString(),
                        "--format",
                        "json"))
                .isZero();
        JsonNode found = new ObjectMapper().readTree(out.toString()).path("diagnostics");
        assertThat(found)
                .filteredOn(one -> List.of("contradicted-machine", "order-dependent")
                        .contains(one.path("code").textValue()))
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.path("severity").textValue()).isEqualTo("warning");
                    assertThat(one.path("line").intValue()).isPositive();
                    assertThat(one.path("message").textValue()).contains("8 of 8 machines, such as `");
                })
                .extracting(one -> one.path("code").textValue())
                .containsExactlyInAnyOrder("contradicted-machine", "order-dependent");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void caseThatPassesByTheOrderOfRules_failsWhenOrdersAreAskedFor() {
        String policy = directory.resolve("policy").toString();
        assertThat(run("policy", "test", "--policy", policy)).isZero();
        assertThat(run("policy", "test", "--policy", policy, "--orders")).isEqualTo(1);
        assertThat(out.toString())
                .contains(
                        "FAIL  tests/a_test.yaml:4: it stays",
                        "in another order of facts or rules other rules fire",
                        "1 failed");
    }
}
