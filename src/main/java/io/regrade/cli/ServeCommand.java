package io.regrade.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code regrade serve}: the server. */
@Command(name = "serve", mixinStandardHelpOptions = true, description = "Starts the server.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ServeCommand implements Callable<Integer> {

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ServerOptions options;

    @Option(names = "--port", paramLabel = "N", description = "The port to listen on; 0 takes a free one.")
    private @Nullable Integer port;

    ServeCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        try (ServerLauncher.Running server = services.server().start(options.at(port))) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("Regrade listens on " + server.address() + ", API reference at " + server.address() + "/docs");
            out.flush();
            server.awaitStop();
        }
        return ExitCode.DONE;
    }
}
