package io.regrade.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What monitors measure and how it is kept.
 *
 * @param mappings the directory of the mappings from metrics to measures
 * @param lateHours hours after its end that an hour still takes samples
 * @param quietMinutes minutes that nothing came of an hour before it is closed
 * @param keepDays days that statistics are kept
 * @param pulls the monitors that are asked
 */
public record TelemetryConfig(Path mappings, int lateHours, int quietMinutes, int keepDays, List<Pull> pulls) {

    /** Copies the list. */
    public TelemetryConfig {
        pulls = List.copyOf(pulls);
    }

    /**
     * A monitor that speaks Prometheus' HTTP API.
     *
     * @param url where it is, without {@code /api/v1}
     * @param everySeconds how often it is asked
     * @param stepSeconds the distance of the samples that are asked for
     * @param days how much of the past is asked for at first
     * @param tokenFile a file with a bearer token, null for none
     */
    public record Pull(
            URI url,
            int everySeconds,
            int stepSeconds,
            int days,
            @Nullable Path tokenFile) {}

    static TelemetryConfig read(ConfigSection section, List<String> problems) {
        List<Pull> pulls = new ArrayList<>();
        for (ConfigSection row : section.rows("pull")) {
            String text = row.optional("url");
            URI url = url(text);
            if (url == null) {
                problems.add(row.where("url") + "`" + text
                        + "` is not the address of a Prometheus. Maybe `http://127.0.0.1:9090`");
            }
            Pull pull = new Pull(
                    url == null ? URI.create("http://127.0.0.1:9090") : url,
                    row.integer("every_seconds", 300, 1, 86_400),
                    row.integer("step_seconds", 60, 1, 3600),
                    row.integer("days", 14, 0, 3650),
                    row.optionalPath("token_file"));
            row.reportUnknown();
            pulls.add(pull);
        }
        return new TelemetryConfig(
                section.path("mappings", "config/telemetry"),
                section.integer("late_hours", 2, 1, 24 * 31),
                section.integer("quiet_minutes", 10, 1, 24 * 60),
                section.integer("keep_days", 400, 1, 36_500),
                pulls);
    }

    private static @Nullable URI url(String text) {
        try {
            URI url = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
            return url.getHost() != null && String.valueOf(url.getScheme()).matches("https?") ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }

    TelemetryConfig at(Path home) {
        List<Pull> resolved = pulls.stream()
                .map(pull -> new Pull(
                        pull.url(),
                        pull.everySeconds(),
                        pull.stepSeconds(),
                        pull.days(),
                        pull.tokenFile() == null ? null : home.resolve(pull.tokenFile())))
                .toList();
        return new TelemetryConfig(home.resolve(mappings), lateHours, quietMinutes, keepDays, resolved);
    }
}
