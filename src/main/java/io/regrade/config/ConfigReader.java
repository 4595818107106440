package io.regrade.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.config.Config.DataConfig;
import io.regrade.config.Config.DraftsConfig;
import io.regrade.config.Config.RecommendationsConfig;
import io.regrade.config.Config.RetentionConfig;
import io.regrade.fact.Suggestion;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;

/**
 * Reads {@code regrade.yaml}. What is left out has its default; the environment goes before the file:
 * {@code REGRADE_HTTP_PORT} before {@code port} of {@code http}, and so on for every key.
 */
public final class ConfigReader {

    private static final List<String> SECTIONS = List.of(
            "http",
            "policies",
            "data",
            "database",
            "audit",
            "recommendations",
            "retention",
            "drafts",
            "budget",
            "notifications",
            "telemetry",
            "executors");
    private static final int MAX_CHARS = 1 << 20;
    private static final int MAX_ALIASES = 20;
    private static final int MAX_DEPTH = 30;

    private ConfigReader() {}

    /**
     * Reads a file.
     *
     * @throws ConfigException with everything that is wrong
     */
    public static Config read(Path file, Map<String, String> environment) {
        try {
            return parse(file.toString(), Files.readString(file, UTF_8), environment);
        } catch (CharacterCodingException e) {
            throw new ConfigException(List.of(file + ": the file is not UTF-8 text"));
        } catch (IOException e) {
            throw new ConfigException(
                    List.of(file + ": the file cannot be read. Maybe `--config config/regrade.yaml`"));
        }
    }

    /**
     * Reads a text.
     *
     * @param file what problems call it
     * @param environment variables by name
     * @throws ConfigException with everything that is wrong
     */
    public static Config parse(String file, String text, Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        Map<String, Node> sections = sections(file, text, problems);
        ConfigSection http = section("http", file, sections, environment, problems);
        HttpConfig door = new HttpConfig(
                http.text("host", "127.0.0.1"),
                http.integer("port", 8080, 0, 65_535),
                http.integer("max_body_mib", 16, 1, 1024),
                http.integer("workers", Math.max(1, Runtime.getRuntime().availableProcessors()), 1, 1024),
                http.integer("queue", 256, 1, 1_000_000),
                http.integer("max_pending_mib", 256, 1, 1 << 20),
                http.integer("drain_seconds", 20, 0, 3600));
        ConfigSection policies = section("policies", file, sections, environment, problems);
        PoliciesConfig rules = policies(policies, problems);
        ConfigSection drafts = section("drafts", file, sections, environment, problems);
        DraftsConfig trials = new DraftsConfig(
                drafts.integer("heap_mib", 512, 128, 65_536),
                drafts.integer("seconds", 120, 5, 3600),
                drafts.integer("parallel", 1, 1, 64));
        ConfigSection data = section("data", file, sections, environment, problems);
        DataConfig files = new DataConfig(data.path("directory", "data"));
        ConfigSection database = section("database", file, sections, environment, problems);
        DatabaseConfig store = new DatabaseConfig(
                database.optional("url"),
                database.text("user", "regrade"),
                database.optional("password"),
                database.optionalPath("password_file"),
                database.integer("pool", 8, 1, 1000));
        ConfigSection audit = section("audit", file, sections, environment, problems);
        AuditConfig log = new AuditConfig(audit.text("origin", "regrade.local/log"), audit.optionalPath("key_file"));
        ConfigSection recommendations = section("recommendations", file, sections, environment, problems);
        RecommendationsConfig advice = new RecommendationsConfig(recommendations.integer("expire_days", 30, 1, 3650));
        ConfigSection retention = section("retention", file, sections, environment, problems);
        RetentionConfig kept = new RetentionConfig(retention.integer("months", 0, 0, 1200));
        ConfigSection budget = section("budget", file, sections, environment, problems);
        BudgetConfig spent = new BudgetConfig(
                budget.integer("time_ms", 5_000, 10, 600_000),
                budget.integer("firings", 20_000, 100, 10_000_000),
                budget.integer("insertions", 20_000, 100, 10_000_000),
                budget.integer("allocation_mib", 1_024, 16, 1 << 20));
        ConfigSection notifications = section("notifications", file, sections, environment, problems);
        NotificationsConfig told = NotificationsReader.read(notifications, problems);
        ConfigSection executors = section("executors", file, sections, environment, problems);
        ExecutorsConfig acting = ExecutorsReader.read(executors, problems);
        ConfigSection telemetry = section("telemetry", file, sections, environment, problems);
        TelemetryConfig measured = TelemetryConfig.read(telemetry, problems);
        for (ConfigSection section : List.of(
                http,
                policies,
                data,
                database,
                audit,
                recommendations,
                retention,
                drafts,
                budget,
                notifications,
                telemetry,
                executors)) {
            section.reportUnknown();
        }
        if (!store.isEmbedded() && !store.url().matches("(jdbc:)?postgres(ql)?://.+")) {
            problems.add(database.where("url") + "`url` is not the address of a PostgreSQL database."
                    + " Maybe `postgresql://127.0.0.1:5432/regrade`");
        }
        if (!store.password().isEmpty() && store.passwordFile() != null) {
            problems.add(database.where("password_file") + "there is a `password`, too. Maybe leave one of them out");
        }
        if (door.maxPendingMib() < door.maxBodyMib()) {
            problems.add(http.where("max_pending_mib") + "`max_pending_mib` is less than `max_body_mib`, "
                    + door.maxBodyMib() + ": the largest body would never be taken. Maybe `" + door.maxBodyMib() + "`");
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return new Config(door, rules, files, store, log, advice, kept, trials, spent, told, measured, acting);
    }

    private static PoliciesConfig policies(ConfigSection section, List<String> problems) {
        List<PoliciesConfig.Choose> choose = new ArrayList<>();
        for (ConfigSection row : section.rows("choose")) {
            String tag = row.optional("tag");
            String owner = row.optional("owner");
            String policy = row.optional("policy");
            row.reportUnknown();
            int is = tag.indexOf('=');
            if (!tag.isEmpty() && (is < 1 || is == tag.length() - 1)) {
                problems.add(row.where("tag") + "`" + tag + "` is no tag with its value. Maybe `env=prod`");
            } else if (policy.isEmpty()) {
                problems.add(row.place() + "it names no policy. Maybe `policy: standard`");
            } else if (tag.isEmpty() && owner.isEmpty()) {
                problems.add(row.place() + "it says no machines. Maybe `tag: env=prod`, or `owner: payments`");
            } else {
                choose.add(new PoliciesConfig.Choose(
                        tag.isEmpty() ? null : tag.substring(0, is),
                        tag.isEmpty() ? null : tag.substring(is + 1),
                        owner.isEmpty() ? null : owner,
                        policy,
                        row.where("policy")));
            }
        }
        return new PoliciesConfig(
                section.path("directory", "rules"),
                section.text("default", "standard"),
                section.integer("kept", 3, 1, 100),
                section.bool("watch", false),
                section.choice("on_change", "activate", List.of("activate", "report"))
                                .equals("report")
                        ? PoliciesConfig.OnChange.REPORT
                        : PoliciesConfig.OnChange.ACTIVATE,
                section.integer("shadow_queue", 1000, 1, 1_000_000),
                section.integer("shadow_busy_percent", 25, 1, 100),
                choose,
                section.integer("approvals", 1, 0, 20),
                section.keys("trusted_keys"));
    }

    private static ConfigSection section(
            String name,
            String file,
            Map<String, Node> sections,
            Map<String, String> environment,
            List<String> problems) {
        String prefix = "REGRADE_" + name.toUpperCase(Locale.ROOT) + "_";
        return new ConfigSection(name, file, sections.get(name), prefix, environment, problems);
    }

    private static Map<String, Node> sections(String file, String text, List<String> problems) {
        Map<String, Node> sections = new LinkedHashMap<>();
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MAX_ALIASES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setCodePointLimit(MAX_CHARS);
        options.setAllowDuplicateKeys(false);
        try {
            Node root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
            if (root instanceof MappingNode mapping) {
                for (NodeTuple entry : mapping.getValue()) {
                    String name = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "…";
                    int line = entry.getKeyNode().getStartMark().getLine() + 1;
                    if (!SECTIONS.contains(name)) {
                        problems.add(file + ":" + line + ": `" + name + "` is not known. Maybe "
                                + Suggestion.nearest(name, SECTIONS));
                    } else if (sections.put(name, entry.getValueNode()) != null) {
                        problems.add(file + ":" + line + ": `" + name + "` is there twice");
                    }
                }
            } else if (root != null) {
                problems.add(file + ":1: sections are expected. Maybe `http:` and below it `  port: 8080`");
            }
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            problems.add(
                    file + (mark == null ? "" : ":" + (mark.getLine() + 1)) + ": this is not YAML: " + e.getProblem());
        } catch (YAMLException e) {
            problems.add(file + ": this is not YAML: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
        return sections;
    }
}
