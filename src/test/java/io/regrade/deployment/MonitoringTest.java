package io.regrade.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.app.Server;
import io.regrade.config.ConfigReader;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.engine.drools.DroolsCompiler;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dashboard and alerts ask for what a server really shows: after one decision, one machine and one question that failed. */
class MonitoringTest {

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? \\S+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final String PAUSES = "jvm_gc_pause_seconds_sum";
    /** Prometheus adds them to whatever it scrapes. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    @TempDir
    private static Path data;

    /** What the server shows: the labels of each metric. */
    private static Map<String, Set<String>> shown;

    @BeforeAll
    static void scrape() throws Exception {
        DatabaseAddress database = TestPostgres.freshDatabase();
        Map<String, String> environment = Map.of(
                "REGRADE_HTTP_PORT", "0",
                "REGRADE_DATABASE_URL", database.url(),
                "REGRADE_DATABASE_USER", database.user(),
                "REGRADE_DATABASE_PASSWORD", database.password(),
                "REGRADE_DATA_DIRECTORY", data.toString());
        try (Server server = Server.start(
                ConfigReader.parse("none", "", environment).at(Path.of("").toAbsolutePath()),
                new DroolsCompiler(),
                Optional.empty(),
                environment)) {
            HttpClient client = HttpClient.newHttpClient();
            URI decisions = server.address().resolve("/v1/decisions");
            int status = client.send(
                            HttpRequest.newBuilder(decisions)
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(Asked.decision("a")))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            assertThat(status).isEqualTo(200);
            // A pause is counted once the collector has told of it, which takes a moment.
            for (int tries = 0; tries < 100 && (shown == null || !shown.containsKey(PAUSES)); tries++) {
                System.gc();
                Thread.sleep(50);
                shown = parse(client.send(
                                HttpRequest.newBuilder(server.address().resolve("/metrics"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body());
            }
        }
    }

    private static Map<String, Set<String>> parse(String scrape) {
        Map<String, Set<String>> labels = new TreeMap<>();
        scrape.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as(line).isTrue();
            Set<String> of = labels.computeIfAbsent(sample.group(1), name -> new TreeSet<>());
            if (sample.group(2) != null) {
                LABEL.matcher(sample.group(2)).results().forEach(label -> of.add(label.group(1)));
            }
        });
        return labels;
    }

    private static void assertShown(String where, String text) {
        Expression expression = Expression.of(text);
        assertThat(expression.metrics()).as(where).isNotEmpty();
        Set<String> labels = new HashSet<>(ADDED);
        for (String metric : expression.metrics()) {
            if (!metric.equals("up")) {
                assertThat(shown).as(where + ": " + text).containsKey(metric);
                labels.addAll(shown.get(metric));
            }
        }
        assertThat(labels).as(where + ": " + text).containsAll(expression.labels());
    }

    @Test
    void dashboard_asksForWhatIsShown() throws Exception {
        Map<String, String> queries = Monitoring.queries();
        queries.forEach(MonitoringTest::assertShown);
        assertShown("variable", "regrade_ready");

        Set<String> asked = new TreeSet<>();
        queries.values().forEach(query -> asked.addAll(Expression.of(query).metrics()));
        assertThat(asked)
                .contains(
                        "regrade_decisions_total",
                        "regrade_rule_firings_total",
                        "regrade_http_requests_seconds_bucket",
                        "regrade_ledger_lag_seconds",
                        "regrade_ledger_commit_seconds_bucket",
                        "regrade_ledger_waiting",
                        "regrade_decisions_lost_total",
                        "regrade_decisions_missing",
                        "regrade_decisions_retired_total",
                        "regrade_database_restarts_total",
                        "regrade_inventory_changes_total",
                        "regrade_inventory_vms",
                        "jvm_memory_used_bytes");
    }

    @Test
    void alerts_askForWhatIsShown() throws Exception {
        Set<String> asked = new TreeSet<>();
        for (JsonNode alert : Monitoring.alerts()) {
            assertShown(alert.get("alert").asText(), alert.get("expr").asText());
            asked.addAll(Expression.of(alert.get("expr").asText()).metrics());
        }
        assertThat(asked)
                .contains(
                        "up",
                        "regrade_ready",
                        "regrade_decisions_lost_total",
                        "regrade_decisions_missing",
                        "regrade_database_restarts_total",
                        "regrade_ledger_lag_seconds",
                        "regrade_http_requests_seconds_count");
    }

    @Test
    void whatIsNotShown_isFound() {
        assertThat(shown).doesNotContainKey("regrade_made_up_total");
        assertThatThrownBy(() -> assertShown("made up", "rate(regrade_made_up_total[5m])"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("regrade_made_up_total");
        assertThatThrownBy(() -> assertShown("made up", "sum by (made_up) (regrade_decisions_total)"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("made_up");
    }

    @Test
    void dashboard_isWhole() throws Exception {
        JsonNode dashboard = Monitoring.dashboard();
        assertThat(dashboard.get("uid").asText()).isEqualTo("regrade");
        assertThat(dashboard.get("id")).isNull(); // Grafana gives it
        assertThat(dashboard.get("schemaVersion").asInt()).isPositive();
        Set<Integer> ids = new HashSet<>();
        Set<String> titles = new HashSet<>();
        for (JsonNode panel : dashboard.get("panels")) {
            assertThat(ids.add(panel.get("id").asInt()))
                    .as("id of " + panel.get("title"))
                    .isTrue();
            assertThat(titles.add(panel.get("title").asText()))
                    .as(panel.get("title").asText())
                    .isTrue();
            JsonNode grid = panel.get("gridPos");
            assertThat(grid.get("x").asInt() + grid.get("w").asInt()).isLessThanOrEqualTo(24);
        }
        String source = Yaml.read(Path.of("config/grafana/provisioning/datasources/prometheus.yml"))
                .at("/datasources/0/uid")
                .asText();
        for (JsonNode panel : Monitoring.panels().values()) {
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo(source);
            assertThat(panel.get("description").asText()).isNotBlank();
            Set<String> letters = new HashSet<>();
            for (JsonNode target : panel.get("targets")) {
                assertThat(target.at("/datasource/uid").asText()).isEqualTo(source);
                assertThat(letters.add(target.get("refId").asText())).isTrue();
            }
        }
    }

    @Test
    void alerts_tellWhatIsWrong() throws Exception {
        Set<String> names = new HashSet<>();
        for (JsonNode alert : Monitoring.alerts()) {
            assertThat(names.add(alert.get("alert").asText())).isTrue();
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText()).contains("{{ $labels.instance }}");
        }
    }
}
