package io.regrade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import io.regrade.catalog.Catalog;
import io.regrade.decision.DecisionJson;
import io.regrade.engine.drools.CompiledOnce;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.EvaluationTime;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.ledger.Evidence;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.Decided;
import io.regrade.pipeline.EvidenceJson;
import io.regrade.pipeline.LoadedPolicies;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.ReplayDecision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code regrade replay} as people run it. */
class ReplayCommandTest {

    private static final Instant NOW = Instant.parse("2025-06-01T12:34:56Z");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path shared;

    private static DroolsCompiler compiler;
    private static Evidence stored;
    private static String id;
    private static Path file;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void decide() throws IOException {
        compiler = CompiledOnce.compiler();
        Path fleetDirectory = shared.resolve("fleet");
        SampleFleet.write(fleetDirectory, new SampleFleet.Options(3, 5, 60, 3, 30, NOW));
        Fleet fleet = new FleetReader().read(fleetDirectory);
        try (ReadyPolicy policy = ReadyPolicy.load(Path.of("rules", "standard"), compiler)) {
            DecideVm decide = new DecideVm(policy, Catalog.of(fleet.targets()), fleet.pricing());
            Decided decided = decide.decided(fleet.vms().get(0), new EvaluationTime(NOW));
            stored = new Evidence(
                    DecisionJson.decision(decided.decision(), DecisionJson.Detail.FULL),
                    decided.facts(),
                    decide.provenance().policyFiles(),
                    decide.provenance().catalogContent().get(),
                    NOW,
                    "regrade/0.0.9 drools/9.0.0");
        }
        id = stored.decision().get("id").asText();
        file = shared.resolve("evidence.json");
        Files.writeString(file, EvidenceJson.write(stored).toString());
    }

    @AfterEach
    void nobodySeesTheInsides() {
        assertThat(out.toString() + err).doesNotContain("Exception", "io.regrade", "java.", "\tat ", "picocli");
    }

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay"));
        Collections.addAll(all, arguments);
        Services services = new Services(Path.of(""), compiler, new NoServer(), Clock.fixed(NOW, ZoneOffset.UTC));
        return RegradeCommand.commandLine(services)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }

    @Test
    void evidence_thatIsWhole_isEqualWithoutAServer() {
        assertThat(run("--evidence", file.toString())).isZero();

        assertThat(out.toString())
                .startsWith(id + " about " + stored.decision().get("vm").asText() + ": equal\n")
                .contains("on regrade/0.0.9 drools/9.0.0, sha256:");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void aDecisionThatWasChanged_isDifferentWithThePlace() throws IOException {
        ObjectNode document = EvidenceJson.write(stored).deepCopy();
        ((ObjectNode) document.get("decision")).put("why", "because");
        Path changed = Files.writeString(shared.resolve("changed.json"), document.toString());

        assertThat(run("--evidence", changed.toString(), "--decision", id, "--format", "json"))
                .isEqualTo(1);

        JsonNode replay = JSON.readTree(out.toString());
        assertThat(replay.get("result").asText()).isEqualTo("different");
        assertThat(replay.at("/differences/0/pointer").asText()).isEqualTo("/why");
        assertThat(replay.at("/differences/0/then").asText()).isEqualTo("because");
    }

    @Test
    void anotherPolicy_isTakenFromItsDirectory() throws IOException {
        Path other = Files.createDirectories(shared.resolve("other"));
        for (var file : io.regrade.policy.Policies.small().entrySet()) {
            Path to = other.resolve(file.getKey());
            Files.createDirectories(to.getParent());
            Files.writeString(to, file.getValue());
        }

        assertThat(run("--evidence", file.toString(), "--policy", other.toString()))
                .isEqualTo(1);

        assertThat(out.toString()).contains("now   keep by small sha256:", "/why");
    }

    @Test
    void whatCannotBeUsed_isSaidInASentence() throws IOException {
        Path broken = Files.writeString(shared.resolve("broken.json"), "{\"decision\":{}}");
        assertThat(run("--evidence", broken.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("broken.json: `catalogue` is missing. Maybe");

        assertThat(run("--evidence", shared.resolve("none.json").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("none.json");

        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("it is not said which decision. Maybe `--decision ID`");

        assertThat(run("--evidence", file.toString(), "--decision", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("the evidence is of the decision `" + id + "`, not of `x`");

        assertThat(run("--decision", "x", "--server", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).contains("no server answers at `http://127.0.0.1:1`. Maybe");

        assertThat(run("--decision", "x", "--server", "http://a b")).isEqualTo(2);
        assertThat(err.toString())
                .contains("`http://a b` is not the address of a server. Maybe `http://127.0.0.1:8080`")
                .doesNotContain("java.", "URI");
    }

    @Test
    void aServer_isAskedForTheReplay() throws IOException {
        List<String> asked = Collections.synchronizedList(new ArrayList<>());
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/decisions/" + id, exchange -> {
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            byte[] answer;
            try (LoadedPolicies loaded = new LoadedPolicies(compiler)) {
                answer = exchange.getRequestMethod().equals("POST")
                        ? new ReplayDecision(new PastEvaluations(loaded))
                                .replay(stored, null)
                                .json()
                                .toString()
                                .getBytes(UTF_8)
                        : Files.readAllBytes(file);
            }
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.createContext("/", exchange -> {
            byte[] answer = "{\"detail\":\"there is no such decision\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(404, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            assertThat(run("--decision", id, "--server", url)).isZero();
            assertThat(run("--decision", id, "--server", url, "--policy", "standard@12345678"))
                    .isZero();
            assertThat(run("--decision", id, "--server", url + "/", "--policy", "rules/standard"))
                    .isZero();
            assertThat(run("--decision", "other", "--server", url)).isEqualTo(2);
        } finally {
            server.stop(0);
        }
        assertThat(asked)
                .containsExactly(
                        "POST /v1/decisions/" + id + "/replay",
                        "POST /v1/decisions/" + id + "/replay?policy=standard%4012345678",
                        "GET /v1/decisions/" + id + "/evidence");
        assertThat(err.toString()).contains("there is no such decision");
    }
}
