package io.regrade.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.net.MalformedURLException;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code regrade health}: asks a server whether it is ready, for those who watch over its process and have no HTTP client
 * at hand, such as a container's health check.
 */
@Command(
        name = "health",
        mixinStandardHelpOptions = true,
        description = "Asks a server whether it is ready.",
        footer = {"", "Exit codes: 0 ready; 1 not ready, or nobody answers; 2 what was asked cannot be used."})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HealthCommand implements Callable<Integer> {

    private static final int READY = 200;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server; ${DEFAULT-VALUE} without.",
            defaultValue = "http://127.0.0.1:8080")
    private String server;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            description = "How long to wait for its answer; ${DEFAULT-VALUE} without.",
            defaultValue = "5")
    private int seconds;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        int status;
        try {
            status = ask();
        } catch (IOException e) {
            out.println("no server answers at `" + server + "`");
            out.flush();
            return ExitCode.NO;
        }
        out.println(status == READY ? "ready" : "not ready: `" + server + "` answered with status " + status);
        out.flush();
        return status == READY ? ExitCode.DONE : ExitCode.NO;
    }

    private int ask() throws IOException {
        HttpURLConnection connection = (HttpURLConnection) url().openConnection(Proxy.NO_PROXY);
        connection.setConnectTimeout(seconds * 1000);
        connection.setReadTimeout(seconds * 1000);
        try {
            return connection.getResponseCode();
        } finally {
            connection.disconnect();
        }
    }

    private URL url() {
        if (seconds < 1 || seconds > 3600) {
            throw new ParameterException(
                    spec.commandLine(), "`--seconds` is `" + seconds + "`, from 1 to 3600 are expected. Maybe `5`");
        }
        try {
            URI address = URI.create(server);
            if (("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
                    && address.getHost() != null) {
                return address.resolve("/health/ready").toURL();
            }
        } catch (MalformedURLException | IllegalArgumentException e) {
            // told below, like every other address that is none
        }
        throw new ParameterException(
                spec.commandLine(), "`" + server + "` is not the address of a server. Maybe `http://127.0.0.1:8080`");
    }
}
