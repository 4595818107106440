package io.regrade.config;

import io.regrade.config.ExecutorsConfig.Cloud;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads the section {@code executors}. */
final class ExecutorsReader {

    private static final List<String> EXECUTORS = List.of("simulated", "nova", "webhook", "patch");

    private ExecutorsReader() {}

    static ExecutorsConfig read(ConfigSection section, List<String> problems) {
        List<Cloud> clouds = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ConfigSection row : section.rows("clouds")) {
            Cloud cloud = cloud(row);
            row.reportUnknown();
            int before = problems.size();
            check(cloud, row, problems);
            if (!names.add(cloud.cloud())) {
                problems.add(row.where("cloud") + "something else serves the cloud `" + cloud.cloud() + "`");
            }
            if (problems.size() == before) {
                clouds.add(cloud);
            }
        }
        return new ExecutorsConfig(
                section.integer("workers", 2, 1, 64),
                section.integer("patience_seconds", 600, 1, 86_400),
                section.choice("otherwise", "simulated", List.of("simulated", "none"))
                        .equals("simulated"),
                section.integer("simulated_delay_ms", 2000, 0, 600_000),
                clouds);
    }

    private static Cloud cloud(ConfigSection row) {
        return new Cloud(
                row.optional("cloud"),
                row.choice("executor", "simulated", EXECUTORS),
                row.optional("url"),
                row.optional("user"),
                row.optional("project"),
                row.text("domain", "Default"),
                row.optional("region"),
                row.optional("secret"),
                row.optionalPath("secret_file"),
                row.optionalPath("files"),
                row.optionalPath("patches"),
                row.integer("timeout_seconds", 20, 1, 600),
                row.place());
    }

    private static void check(Cloud cloud, ConfigSection row, List<String> problems) {
        require(!cloud.cloud().isEmpty(), "it names no cloud. Maybe `cloud: private`", row, problems);
        boolean remote = cloud.executor().equals("nova") || cloud.executor().equals("webhook");
        if (remote) {
            require(
                    cloud.url().matches("https?://[^\\s/]+.*"),
                    "`url` says not where it is. Maybe `https://keystone.example.org:5000/v3`",
                    row,
                    problems);
            require(
                    cloud.secret().isEmpty() == (cloud.secretFile() != null),
                    "it needs one of `secret` and `secret_file`. Maybe `secret_file: /run/secrets/cloud`",
                    row,
                    problems);
        }
        if (cloud.executor().equals("nova")) {
            require(
                    !cloud.user().isEmpty() && !cloud.project().isEmpty(),
                    "it needs `user` and `project`",
                    row,
                    problems);
        }
        if (cloud.executor().equals("patch")) {
            require(
                    cloud.files() != null && cloud.patches() != null,
                    "it needs `files` and `patches`, both directories",
                    row,
                    problems);
        }
    }

    private static void require(boolean holds, String problem, ConfigSection row, List<String> problems) {
        if (!holds) {
            problems.add(row.place() + problem);
        }
    }
}
