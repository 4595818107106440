package io.regrade.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The project's own dashboard and alerts. */
final class Monitoring {

    static final Path DASHBOARD = Path.of("config/grafana/dashboards/regrade.json");
    static final Path PROMETHEUS = Path.of("config/prometheus/prometheus.yml");
    static final Path RULES = Path.of("config/prometheus/rules.yml");

    private Monitoring() {}

    static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DASHBOARD.toFile());
    }

    /** The panels that show something, by title. */
    static Map<String, JsonNode> panels() throws IOException {
        Map<String, JsonNode> panels = new LinkedHashMap<>();
        for (JsonNode panel : dashboard().get("panels")) {
            if (!panel.get("type").asText().equals("row")) {
                panels.put(panel.get("title").asText(), panel);
            }
        }
        return panels;
    }

    /** Every query of the dashboard, by the panel's title and the query's letter. */
    static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> panel : panels().entrySet()) {
            for (JsonNode target : panel.getValue().get("targets")) {
                queries.put(
                        panel.getKey() + " " + target.get("refId").asText(),
                        target.get("expr").asText());
            }
        }
        return queries;
    }

    /** Every alert. */
    static List<JsonNode> alerts() throws IOException {
        List<JsonNode> alerts = new ArrayList<>();
        for (JsonNode group : Yaml.read(RULES).get("groups")) {
            group.get("rules").forEach(alerts::add);
        }
        return alerts;
    }
}
