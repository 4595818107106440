package io.regrade.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Everything that can be configured. Relative paths start at the installation: see {@link #at}.
 *
 * @param http the server's door
 * @param policies where policies are
 * @param data where Regrade keeps its own files
 * @param database where decisions are kept
 * @param audit how they are proven
 * @param recommendations how long advice counts
 * @param retention how long decisions are kept
 * @param drafts what may be spent on drafts of policies
 * @param budget what one evaluation may spend
 * @param notifications how people are told of offers
 * @param telemetry what monitors measure and how it is kept
 * @param executors what carries out approved moves
 */
public record Config(
        HttpConfig http,
        PoliciesConfig policies,
        DataConfig data,
        DatabaseConfig database,
        AuditConfig audit,
        RecommendationsConfig recommendations,
        RetentionConfig retention,
        DraftsConfig drafts,
        BudgetConfig budget,
        NotificationsConfig notifications,
        TelemetryConfig telemetry,
        ExecutorsConfig executors) {

    /**
     * How long decisions are kept.
     *
     * @param months months before the current one whose decisions are kept; 0 keeps all
     */
    public record RetentionConfig(int months) {}

    /**
     * How long advice counts.
     *
     * @param expireDays a recommendation that is open and was not advised again for so many days expires
     */
    public record RecommendationsConfig(int expireDays) {

        /** The days as a duration. */
        public Duration expiry() {
            return Duration.ofDays(expireDays);
        }
    }

    /**
     * What checking, testing or measuring a draft may take.
     *
     * @param heapMib the heap of its process, MiB
     * @param seconds how long it may run
     * @param parallel how many run at a time
     */
    public record DraftsConfig(int heapMib, int seconds, int parallel) {}

    /**
     * Where Regrade keeps its own files.
     *
     * @param directory made when it is missing
     */
    public record DataConfig(Path directory) {}

    /** What holds when nothing is configured, also not by the environment. */
    public static Config defaults() {
        return ConfigReader.parse("defaults", "", Map.of());
    }

    /** This configuration with its relative paths starting at a directory. */
    public Config at(Path home) {
        return new Config(
                http,
                policies.in(home.resolve(policies.directory())),
                new DataConfig(home.resolve(data.directory())),
                database.at(home),
                audit.at(home),
                recommendations,
                retention,
                drafts,
                budget,
                notifications.at(home),
                telemetry.at(home),
                executors.at(home));
    }

    /** The file of the key that signs the audit log. */
    public Path logKey() {
        Path file = audit.keyFile();
        return file == null ? data.directory().resolve("audit.key") : file;
    }

    /** The file of the key that signs links. */
    public Path linkKey() {
        Path file = notifications.linkKeyFile();
        return file == null ? data.directory().resolve("links.key") : file;
    }

    /** This configuration with another port. */
    public Config withPort(int port) {
        return new Config(
                http.withPort(port),
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
                executors);
    }

    /** This configuration with another data directory. */
    public Config withData(Path directory) {
        return new Config(
                http,
                policies,
                new DataConfig(directory),
                database,
                audit,
                recommendations,
                retention,
                drafts,
                budget,
                notifications,
                telemetry,
                executors);
    }
}
