package io.regrade.pipeline.pull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one monitor is asked.
 *
 * @param url where its HTTP API is, without {@code /api/v1}
 * @param every how often
 * @param step the distance of the samples that are asked for
 * @param past how much of the past is asked for at first
 * @param tokenFile a file with a bearer token, read anew for each request; null for none
 */
public record PullSettings(
        URI url,
        Duration every,
        Duration step,
        Duration past,
        @Nullable Path tokenFile) {}
