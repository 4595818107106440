package io.regrade.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.catalog.Catalog;
import io.regrade.cli.ServerLauncher;
import io.regrade.cli.ServerLauncher.Running;
import io.regrade.db.embedded.SharedPrograms;
import io.regrade.decision.Decision;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.Capacity;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Pricing;
import io.regrade.fact.Resource;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.ledger.Provenance;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerStartTest {

    private static final Path HOME = Path.of("").toAbsolutePath();

    @TempDir
    private static Path cache;

    @TempDir
    private Path directory;

    private ServerStart launcher(Map<String, String> environment) {
        return new ServerStart(
                HOME, new DroolsCompiler(cache.resolve("policies"), cache.resolve("compiled.key")), environment);
    }

    private static String get(Running server, String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(server.address() + path)).build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void start_withAFleet_servesItAndWhatWasDecided() throws Exception {
        Vm vm = new Vm(
                "a",
                "a",
                null,
                null,
                null,
                null,
                Capacity.UNKNOWN.with(Resource.CPU, 2),
                null,
                Set.of(),
                0.1,
                null,
                null,
                Map.of());
        VmFacts facts = new VmFacts(vm, List.of(), List.of(), null, List.of());
        Fleet fleet = new Fleet(List.of(facts), List.of(), Pricing.HOURLY, List.of());
        Decision decision;
        Provenance provenance;
        try (ReadyPolicy policy = ReadyPolicy.load(
                HOME.resolve("rules/standard"),
                new DroolsCompiler(cache.resolve("policies"), cache.resolve("compiled.key")))) {
            DecideVm decide = new DecideVm(policy, Catalog.of(List.of()), Pricing.HOURLY);
            decision = decide.decide(facts, new EvaluationTime(Instant.parse("2025-03-01T00:00:00Z")));
            provenance = decide.provenance();
        }
        Running server = launcher(Map.of())
                .start(
                        new ServerLauncher.Start(null, 0, SharedPrograms.in(directory)),
                        new ServerLauncher.Preload(fleet, List.of(decision), provenance));
        try (server) {
            assertThat(server.address()).startsWith("http://127.0.0.1:");
            assertThat(get(server, "/v1/vms/a")).contains("\"vcpu\":2");
            assertThat(get(server, "/v1/decisions/" + decision.id())).contains("\"action\":\"insufficient-data\"");
            assertThat(get(server, "/metrics"))
                    .contains("regrade_inventory_vms 1.0")
                    .contains("jvm_memory_used_bytes");
            assertThat(get(server, "/metrics"))
                    .contains(
                            "regrade_policy_info{digest=\"" + decision.policy().digest() + "\",name=\"standard\"} 1\n");
        }
        server.awaitStop();
        assertThatThrownBy(() -> get(server, "/health/live")).isInstanceOf(IOException.class);
    }

    @Test
    void start_withWrongConfiguration_saysAllThatIsWrong() throws Exception {
        Path file = directory.resolve("my.yaml");
        Files.write(file, "http:\n  port: -1\n  hots: a\n".getBytes(UTF_8));

        assertThatThrownBy(() -> launcher(Map.of()).start(new ServerLauncher.Start(file, null, null)))
                .isInstanceOf(ServerLauncher.BadConfiguration.class)
                .hasMessageContaining("1. " + file + ":2: `port` is `-1`")
                .hasMessageContaining("2. " + file + ":3: `hots` of `http` is not known. Maybe `host`");
        assertThatThrownBy(() -> launcher(Map.of()).start(new ServerLauncher.Start(null, 70_000, null)))
                .hasMessage("1. --port: `70000` is no port. Maybe `8080`");
    }

    @Test
    void start_atATakenPort_saysSo() throws Exception {
        try (Running first = launcher(Map.of("REGRADE_HTTP_PORT", "0"))
                .start(new ServerLauncher.Start(null, null, SharedPrograms.in(directory.resolve("first"))))) {
            int port = URI.create(first.address()).getPort();
            assertThatThrownBy(() -> launcher(Map.of())
                            .start(new ServerLauncher.Start(
                                    null, port, SharedPrograms.in(directory.resolve("second")))))
                    .isInstanceOf(ServerLauncher.BadConfiguration.class)
                    .hasMessageContaining("cannot listen at `127.0.0.1:" + port + "`");
        }
    }
}
