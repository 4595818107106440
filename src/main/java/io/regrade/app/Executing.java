package io.regrade.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.config.ConfigException;
import io.regrade.config.ExecutorsConfig;
import io.regrade.config.ExecutorsConfig.Cloud;
import io.regrade.execute.Executor;
import io.regrade.execute.nova.NovaExecutor;
import io.regrade.execute.nova.NovaSettings;
import io.regrade.execute.patch.PatchExecutor;
import io.regrade.execute.simulated.SimulatedCloud;
import io.regrade.execute.webhook.WebhookExecutor;
import io.regrade.offer.channel.WebhookSignature;
import io.regrade.pipeline.execution.ExecutionSettings;
import io.regrade.pipeline.execution.ExecutorChoice;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What carries out approved moves, as it is configured. */
final class Executing {

    private Executing() {}

    /**
     * Which executor serves which cloud.
     *
     * @throws ConfigException when a secret cannot be read, or is none
     */
    static ExecutorChoice executors(ExecutorsConfig config, Clock clock) {
        SimulatedCloud simulated = new SimulatedCloud(config.simulatedDelayMs(), true, System::nanoTime);
        Map<String, Executor> byCloud = new HashMap<>();
        for (Cloud cloud : config.clouds()) {
            byCloud.put(
                    cloud.cloud(),
                    switch (cloud.executor()) {
                        case "nova" -> nova(cloud);
                        case "webhook" -> webhook(cloud, clock);
                        case "patch" ->
                            new PatchExecutor(
                                    Objects.requireNonNull(cloud.files()), Objects.requireNonNull(cloud.patches()));
                        default -> simulated;
                    });
        }
        return new ExecutorChoice(byCloud, config.simulated() ? simulated : null);
    }

    /** How executions go on. */
    static ExecutionSettings settings(ExecutorsConfig config) {
        ExecutionSettings usual = ExecutionSettings.DEFAULT;
        return new ExecutionSettings(config.workers(), usual.look(), usual.poll(), config.patience(), usual.settle());
    }

    private static Executor nova(Cloud cloud) {
        return new NovaExecutor(new NovaSettings(
                URI.create(cloud.url()),
                cloud.user(),
                secret(cloud),
                cloud.project(),
                cloud.domain(),
                cloud.region().isEmpty() ? null : cloud.region(),
                Duration.ofSeconds(cloud.timeoutSeconds())));
    }

    private static Executor webhook(Cloud cloud, Clock clock) {
        try {
            WebhookSignature signature = new WebhookSignature(secret(cloud));
            return new WebhookExecutor(
                    URI.create(cloud.url()), signature::of, Duration.ofSeconds(cloud.timeoutSeconds()), clock);
        } catch (IllegalArgumentException e) {
            throw new ConfigException(List.of(cloud.place() + e.getMessage()));
        }
    }

    private static String secret(Cloud cloud) {
        Path file = cloud.secretFile();
        try {
            return file == null ? cloud.secret() : Files.readString(file, UTF_8).strip();
        } catch (IOException e) {
            throw new ConfigException(List.of(cloud.place() + "`secret_file` cannot be read: " + file));
        }
    }
}
