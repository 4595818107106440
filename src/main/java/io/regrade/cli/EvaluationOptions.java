package io.regrade.cli;

import io.regrade.fact.EvaluationTime;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a command that evaluates a fleet directory is told of how to: by which policy, and at which moment. */
final class EvaluationOptions {

    @Option(names = "--policy", paramLabel = "DIR", description = "The policy's directory; rules/standard without.")
    private @Nullable Path policy;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The evaluation time, RFC 3339, such as 2026-01-31T00:00:00Z; now without.")
    private @Nullable Instant at;

    Path policy(Services services) {
        return policy == null ? services.standardPolicy() : policy;
    }

    EvaluationTime time(Services services) {
        return new EvaluationTime(at == null ? services.clock().instant() : at);
    }
}
