package io.regrade.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.config.Config;
import io.regrade.config.ConfigReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code docker-compose.yml} promises. No container engine is needed: the file is read. */
class ComposeFileTest {

    @TempDir
    private Path directory;

    @Test
    void services_areTheFour() throws Exception {
        assertThat(Compose.services()).containsOnlyKeys("regrade", "postgres", "prometheus", "grafana");
    }

    @Test
    void everyService_isHardened() throws Exception {
        Compose.services().forEach((name, service) -> {
            assertThat(service.path("read_only").asBoolean()).as(name).isTrue();
            assertThat(Compose.texts(service.get("cap_drop"))).as(name).containsExactly("ALL");
            assertThat(service.has("cap_add") || service.has("privileged"))
                    .as(name)
                    .isFalse();
            assertThat(Compose.texts(service.get("security_opt"))).as(name).containsExactly("no-new-privileges:true");
            assertThat(service.get("user").asText()).as(name).matches("[1-9]\\d*:\\d+");
            assertThat(service.get("restart").asText()).as(name).isEqualTo("unless-stopped");
            assertThat(Compose.texts(service.get("tmpfs")).get(0)).as(name).startsWith("/tmp:size=");
            assertThat(service.get("mem_limit").asText()).as(name).matches("\\d+[mg]");
            assertThat(service.get("cpus").asDouble()).as(name).isPositive();
            assertThat(service.get("pids_limit").asInt()).as(name).isPositive();
            assertThat(service.at("/healthcheck/test/0").asText()).as(name).isEqualTo("CMD");
        });
    }

    @Test
    void everyImage_hasAVersion() throws Exception {
        Compose.services()
                .forEach((name, service) ->
                        assertThat(service.get("image").asText()).as(name).matches("[a-z/]+:v?\\d+\\.\\d+(\\.\\d+)?"));
    }

    @Test
    void ports_arePublishedOnTheLoopbackAddressAlone() throws Exception {
        Set<String> published = new TreeSet<>();
        Compose.services().forEach((name, service) -> {
            for (JsonNode port : service.path("ports")) {
                assertThat(Compose.byDefault(port.asText())).as(name).matches("127\\.0\\.0\\.1:\\d+:\\d+");
                published.add(name);
            }
        });
        assertThat(published).containsExactly("grafana", "prometheus", "regrade");
        assertThat(Compose.read().at("/networks/store/internal").asBoolean()).isTrue();
        assertThat(Compose.texts(Compose.services().get("postgres").get("networks")))
                .containsExactly("store");
    }

    @Test
    void services_startOnceWhatTheyNeedIsHealthy() throws Exception {
        Map<String, String> needs = Map.of("regrade", "postgres", "prometheus", "regrade", "grafana", "prometheus");
        for (Map.Entry<String, String> need : needs.entrySet()) {
            assertThat(Compose.services()
                            .get(need.getKey())
                            .at("/depends_on/" + need.getValue() + "/condition")
                            .asText())
                    .as(need.toString())
                    .isEqualTo("service_healthy");
        }
    }

    @Test
    void noPassword_isInTheFile() throws Exception {
        Set<String> used = new TreeSet<>();
        Compose.services().forEach((name, service) -> {
            service.path("secrets").forEach(secret -> used.add(secret.asText()));
            service.path("environment").fields().forEachRemaining(variable -> {
                if (variable.getKey().contains("PASSWORD")) {
                    assertThat(variable.getKey()).as(name).endsWith("_FILE");
                    String value = variable.getValue().asText();
                    assertThat(value).as(name).startsWith("/run/secrets/");
                    assertThat(Compose.texts(service.get("secrets")))
                            .contains(value.substring("/run/secrets/".length()));
                }
            });
        });
        Set<String> given = new TreeSet<>();
        Compose.read().get("secrets").fields().forEachRemaining(secret -> {
            given.add(secret.getKey());
            assertThat(secret.getValue().get("file").asText()).isEqualTo("./secrets/" + secret.getKey());
        });
        assertThat(given).isEqualTo(used);
        assertThat(Files.readString(Path.of(".gitignore"))).contains("\n/secrets/\n");
    }

    @Test
    void whatIsMounted_isThereOrAVolumeOfItsOwn() throws Exception {
        Set<String> volumes = new TreeSet<>();
        Compose.read().get("volumes").fieldNames().forEachRemaining(volumes::add);
        Set<String> mounted = new TreeSet<>();
        Compose.services().forEach((name, service) -> {
            for (JsonNode volume : service.path("volumes")) {
                String[] parts = volume.asText().split(":");
                if (parts[0].startsWith("./")) {
                    assertThat(Path.of(parts[0])).as(name).exists();
                    assertThat(parts).as(name + " " + volume).hasSize(3).endsWith("ro");
                } else {
                    mounted.add(parts[0]);
                }
            }
        });
        assertThat(mounted).isEqualTo(volumes);
    }

    @Test
    void environmentOfRegrade_isAConfiguration() throws Exception {
        Map<String, String> environment = new HashMap<>();
        Compose.services()
                .get("regrade")
                .get("environment")
                .fields()
                .forEachRemaining(variable -> environment.put(
                        variable.getKey(), Compose.byDefault(variable.getValue().asText())));

        Config config = ConfigReader.read(Path.of("config/regrade.yaml"), environment);

        assertThat(config.database().isEmbedded()).isFalse();
        assertThat(config.database().url()).isEqualTo("postgresql://postgres:5432/regrade");
        assertThat(config.database().passwordFile()).isEqualTo(Path.of("/run/secrets/database-password"));
        assertThat(config.audit().keyFile()).isEqualTo(Path.of("/opt/regrade/keys/audit.key"));
        assertThat(config.http().port()).isEqualTo(8080);
        JsonNode postgres = Compose.services().get("postgres").get("environment");
        assertThat(postgres.get("POSTGRES_USER").asText())
                .isEqualTo(config.database().user());
        assertThat(postgres.get("POSTGRES_DB").asText()).isEqualTo("regrade");
    }

    @Test
    void prometheus_scrapesRegradeAndGrafanaAsksPrometheus() throws Exception {
        JsonNode scrape = Yaml.read(Monitoring.PROMETHEUS).at("/scrape_configs/0");
        assertThat(scrape.at("/static_configs/0/targets/0").asText()).isEqualTo("regrade:8080");
        assertThat(scrape.get("metrics_path").asText()).isEqualTo("/metrics");
        assertThat(Yaml.read(Path.of("config/grafana/provisioning/datasources/prometheus.yml"))
                        .at("/datasources/0/url")
                        .asText())
                .isEqualTo("http://prometheus:9090");
        assertThat(Yaml.read(Path.of("config/grafana/provisioning/dashboards/regrade.yml"))
                        .at("/providers/0/options/path")
                        .asText())
                .isEqualTo("/etc/grafana/dashboards");
    }

    @Test
    void secrets_areMadeOnceAndForTheirOwnerAlone() throws Exception {
        Path secrets = directory.resolve("secrets");
        assertThat(makeSecrets(secrets)).isZero();
        Path password = secrets.resolve("database-password");
        byte[] made = Files.readAllBytes(password);
        assertThat(new String(made, UTF_8)).matches("[A-Za-z0-9_-]{32}");
        assertThat(Files.readAllBytes(secrets.resolve("grafana-password"))).isNotEqualTo(made);
        assertThat(Files.getPosixFilePermissions(secrets)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(password)).isEqualTo(PosixFilePermissions.fromString("r--r--r--"));

        assertThat(makeSecrets(secrets)).isZero();
        assertThat(Files.readAllBytes(password)).isEqualTo(made);
        try (var files = Files.list(secrets)) {
            assertThat(files).hasSize(2);
        }
    }

    private static int makeSecrets(Path to) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("config/docker/make-secrets", to.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
