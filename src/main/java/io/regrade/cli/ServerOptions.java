package io.regrade.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a server is told what it is: the options of every command that is about this installation's own. */
final class ServerOptions {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration; config/regrade.yaml of the installation without.")
    private @Nullable Path config;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the server keeps what it stores.")
    private @Nullable Path data;

    /** A start with them. */
    ServerLauncher.Start at(@Nullable Integer port) {
        return new ServerLauncher.Start(config, port, data);
    }
}
