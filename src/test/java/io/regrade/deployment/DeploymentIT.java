package io.regrade.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What {@code docker-compose.yml} starts, started by hand: the same commands with the same environment, by a user who can
 * gain nothing, on the image's Java runtime; a PostgreSQL and a Prometheus that nobody here made. Needs Debian's
 * {@code postgresql} and {@code prometheus}; without them it is skipped, and says so.
 */
class DeploymentIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final int PATIENCE_SECONDS = 60;

    private static Programs programs;
    private static Installation installation;
    private static Map<String, String> environment;
    private static Process database;
    private static Path configuration;
    private static String regrade;
    private static String prometheus;

    @BeforeAll
    static void start() throws Exception {
        Path postgres = postgres().orElse(null);
        if (postgres == null || which("prometheus").isEmpty()) {
            String told = "SKIPPED: the deployment was not started, because `"
                    + (postgres == null ? "postgres" : "prometheus")
                    + "` is missing. Maybe `apt-get install postgresql prometheus`";
            System.out.println(told);
            Assumptions.abort(told);
        }
        programs = new Programs();
        int[] ports = {Programs.freePort(), Programs.freePort(), Programs.freePort()};
        regrade = "http://127.0.0.1:" + ports[0];
        prometheus = "http://127.0.0.1:" + ports[2];
        Path password = programs.directory.resolve("database-password");
        Files.writeString(password, "not-a-secret");
        startPostgres(postgres, ports[1], password);
        startRegrade(ports[0], ports[1], password);
        startPrometheus(ports[0], ports[2]);
    }

    private static Optional<Path> which(String program) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(entry -> Path.of(entry, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The newest of Debian's PostgreSQLs: its directory of programs. */
    private static Optional<Path> postgres() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(all)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
                    .max(Comparator.naturalOrder());
        }
    }

    private static void startPostgres(Path bin, int port, Path password) throws Exception {
        JsonNode service = Compose.services().get("postgres");
        String user = service.at("/environment/POSTGRES_USER").asText();
        Path data = programs.writable("postgres");
        List<String> initdb = new ArrayList<>(List.of(
                bin.resolve("initdb").toString(), "--pgdata=" + data, "--username=" + user, "--pwfile=" + password));
        initdb.addAll(
                List.of(service.at("/environment/POSTGRES_INITDB_ARGS").asText().split(" ")));
        assertThat(programs.run("initdb", Map.of(), initdb.toArray(String[]::new)))
                .as(programs.written("initdb"))
                .isZero();
        List<String> command = new ArrayList<>(Compose.texts(service.get("command")));
        command.set(0, bin.resolve("postgres").toString());
        command.addAll(List.of("-D", data.toString(), "-k", data.toString(), "-p", String.valueOf(port)));
        database = programs.start("postgres", Map.of(), command, "ready to accept connections");
        assertThat(programs.run(
                        "createdb",
                        Map.of("PGPASSWORD", Files.readString(password)),
                        bin.resolve("createdb").toString(),
                        "--host=127.0.0.1",
                        "--port=" + port,
                        "--username=" + user,
                        service.at("/environment/POSTGRES_DB").asText()))
                .as(programs.written("createdb"))
                .isZero();
    }

    private static void startRegrade(int port, int databasePort, Path password) throws Exception {
        JsonNode service = Compose.services().get("regrade");
        installation = Installation.make(programs, Path.of(System.getProperty("regrade.jar")));
        environment = installation.environment(service, port, databasePort, password);
        List<String> command =
                new ArrayList<>(List.of(installation.home().resolve("regrade").toString()));
        command.addAll(Compose.texts(service.get("command")));
        programs.start("regrade", environment, command, "Regrade listens on " + regrade);
    }

    /** The project's own configuration, with the places of here and without the leisure. */
    private static void startPrometheus(int regradePort, int port) throws Exception {
        configuration = Files.createDirectories(programs.directory.resolve("prometheus-configuration"));
        Files.writeString(
                configuration.resolve("prometheus.yml"),
                Files.readString(Monitoring.PROMETHEUS)
                        .replace("regrade:8080", "127.0.0.1:" + regradePort)
                        .replace("127.0.0.1:9090", "127.0.0.1:" + port)
                        .replaceAll("(_interval|_timeout): \\d+s", "$1: 1s"));
        Files.copy(Monitoring.RULES, configuration.resolve("rules.yml"));
        programs.start(
                "prometheus",
                Map.of(),
                List.of(
                        "prometheus",
                        "--config.file=" + configuration.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + programs.writable("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port),
                "Server is ready to receive web requests");
    }

    @AfterAll
    static void stop() throws Exception {
        if (programs != null) {
            programs.close();
        }
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static HttpResponse<String> put(String method, String path, String body) throws Exception {
        return send(HttpRequest.newBuilder(URI.create(regrade + path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body)));
    }

    private static JsonNode json(String url) throws Exception {
        return MAPPER.readTree(send(HttpRequest.newBuilder(URI.create(url))).body());
    }

    private static JsonNode query(String expression) throws Exception {
        JsonNode answer =
                json(prometheus + "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        assertThat(answer.path("status").asText())
                .as(expression + ": " + answer)
                .isEqualTo("success");
        return answer.at("/data/result");
    }

    private static boolean hasNumbers(JsonNode result) {
        for (JsonNode series : result) {
            if (!series.at("/value/1").asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private int health() throws Exception {
        List<String> command =
                new ArrayList<>(Compose.texts(Compose.services().get("regrade").at("/healthcheck/test")));
        command.remove(0);
        command.set(0, installation.home().resolve("regrade").toString());
        command.addAll(List.of("--server", regrade));
        return programs.run("health", environment, command.toArray(String[]::new));
    }

    private static void await(String what, Predicate<JsonNode> holds, String expression) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!holds.test(query(expression))) {
            assertThat(System.nanoTime())
                    .as(what + ": " + expression + " is " + query(expression))
                    .isLessThan(deadline);
            Thread.sleep(300);
        }
    }

    @Test
    void everyPanel_showsDataAndAlertsFollowTheServer() throws Exception {
        assertThat(health()).as(programs.written("health")).isZero();
        assertThat(put("PUT", "/v1/vms/held", Asked.machine("held")).statusCode())
                .isEqualTo(201);

        Map<String, String> empty = new TreeMap<>(Monitoring.queries());
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        for (int number = 0; !empty.isEmpty(); number++) {
            HttpResponse<String> decided = put("POST", "/v1/decisions", Asked.decision("vm-" + number));
            assertThat(decided.statusCode()).as(decided.body()).isEqualTo(200);
            List<String> shown = new ArrayList<>();
            for (Map.Entry<String, String> panel : empty.entrySet()) {
                String expression =
                        panel.getValue().replace("$__rate_interval", "10s").replace("$instance", ".*");
                if (hasNumbers(query(expression))) {
                    shown.add(panel.getKey());
                }
            }
            shown.forEach(empty::remove);
            assertThat(System.nanoTime()).as("without data: " + empty).isLessThan(deadline);
            Thread.sleep(200);
        }
        assertThat(query("regrade_decisions_recorded_total").at("/0/value/1").asDouble())
                .isPositive();
        assertThat(query("regrade_inventory_changes_total{change=\"created\"}")
                        .at("/0/value/1")
                        .asText())
                .isEqualTo("1");

        JsonNode alerts = json(prometheus + "/api/v1/rules").at("/data/groups/0/rules");
        assertThat(alerts).hasSize(Monitoring.alerts().size());
        for (JsonNode alert : alerts) {
            assertThat(alert.get("health").asText()).as(alert.toString()).isEqualTo("ok");
            assertThat(alert.get("state").asText()).as(alert.toString()).isEqualTo("inactive");
        }

        Programs.stop(database);
        await("not ready", result -> result.size() == 1, "regrade_ready == 0");
        await("the alert", result -> result.size() == 1, "ALERTS{alertname=\"RegradeNotReady\"}");
        assertThat(health()).isEqualTo(1);
        assertThat(programs.written("health")).contains("not ready: `" + regrade + "` answered with status 503");
    }

    @Test
    void logKey_isMadeInTheVolumeForItsOwnerAlone() throws Exception {
        Path key = installation.home().resolve("keys/audit.key");
        assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(installation.home().resolve("data/audit.key")).doesNotExist();
        assertThat(installation.home().resolve("data/cache/policies")).isNotEmptyDirectory();
        assertThat(programs.run(
                        "key",
                        environment,
                        installation.home().resolve("regrade").toString(),
                        "audit",
                        "key"))
                .isZero();
        assertThat(programs.written("key")).startsWith("regrade.local/log+");
    }

    @Test
    void configuration_isAcceptedByPromtool() throws Exception {
        // A copy: who can gain nothing may not be let in where the project is.
        String file = configuration.resolve("prometheus.yml").toString();
        assertThat(programs.run("promtool", Map.of(), "promtool", "check", "config", file))
                .as(programs.written("promtool"))
                .isZero();
        assertThat(programs.written("promtool")).contains(Monitoring.alerts().size() + " rules found");
    }
}
