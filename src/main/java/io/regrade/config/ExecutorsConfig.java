package io.regrade.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What carries out approved moves.
 *
 * @param workers how many are worked on at a time
 * @param patienceSeconds how long a cloud may take for what it was asked
 * @param simulated whether clouds that no row names are simulated; else nothing serves them
 * @param simulatedDelayMs how long a change takes there
 * @param clouds what serves which cloud
 */
public record ExecutorsConfig(
        int workers, int patienceSeconds, boolean simulated, int simulatedDelayMs, List<Cloud> clouds) {

    /** Copies the list. */
    public ExecutorsConfig {
        clouds = List.copyOf(clouds);
    }

    /** How long a cloud may take. */
    public Duration patience() {
        return Duration.ofSeconds(patienceSeconds);
    }

    /**
     * What serves one cloud.
     *
     * @param cloud the cloud's name, as machines have it
     * @param executor {@code simulated}, {@code nova}, {@code webhook} or {@code patch}
     * @param url where it is; empty for {@code simulated} and {@code patch}
     * @param user who asks, for {@code nova}
     * @param project in which project, for {@code nova}
     * @param domain the domain of both, for {@code nova}
     * @param region whose compute service, for {@code nova}; empty for any
     * @param secret the password of {@code nova}, or what signs events of {@code webhook}; never printed
     * @param secretFile where the secret is read, null when it is given
     * @param files the directory of Terraform files, for {@code patch}; null for any other
     * @param patches where patches are put, for {@code patch}; null for any other
     * @param timeoutSeconds how long one call may take
     * @param place where it is written, as the start of a problem
     */
    public record Cloud(
            String cloud,
            String executor,
            String url,
            String user,
            String project,
            String domain,
            String region,
            String secret,
            @Nullable Path secretFile,
            @Nullable Path files,
            @Nullable Path patches,
            int timeoutSeconds,
            String place) {

        Cloud at(Path home) {
            return new Cloud(
                    cloud,
                    executor,
                    url,
                    user,
                    project,
                    domain,
                    region,
                    secret,
                    resolved(home, secretFile),
                    resolved(home, files),
                    resolved(home, patches),
                    timeoutSeconds,
                    place);
        }

        private static @Nullable Path resolved(Path home, @Nullable Path path) {
            return path == null ? null : home.resolve(path);
        }

        @Override
        public String toString() {
            return "Cloud[cloud=" + cloud + ", executor=" + executor + "]";
        }
    }

    /** This configuration with its relative paths starting at a directory. */
    ExecutorsConfig at(Path home) {
        return new ExecutorsConfig(
                workers,
                patienceSeconds,
                simulated,
                simulatedDelayMs,
                clouds.stream().map(one -> one.at(home)).toList());
    }
}
