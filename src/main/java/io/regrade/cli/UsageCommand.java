package io.regrade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.pipeline.usage.Focus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade usage}: prints for how long a server held machines as what, in the columns of FOCUS. */
@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        description = "Prints usage records of a server, for bills, in the columns of FOCUS 1.0.",
        footer = {"", "Exit codes: 0 done; 2 wrong usage, or the server does not answer."})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class UsageCommand implements Callable<Integer> {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int PAGE = 500;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server; ${DEFAULT-VALUE} without.",
            defaultValue = "http://127.0.0.1:8080")
    private String server;

    @Option(names = "--from", paramLabel = "TIME", description = "The period's beginning; that of this month without.")
    private @Nullable Instant from;

    @Option(names = "--until", paramLabel = "TIME", description = "The period's end; now without.")
    private @Nullable Instant until;

    @Option(names = "--owner", paramLabel = "NAME", description = "Only of machines that this owner answered for.")
    private @Nullable String owner;

    @Option(
            names = "--format",
            description = "How rows are printed: ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} without.",
            defaultValue = "csv")
    private Format format;

    @Override
    public Integer call() throws InterruptedException {
        Rows rows = new Rows(Focus.COLUMNS.toArray(String[]::new));
        ServerClient client = new ServerClient(server);
        String path = "/v1/usage-records?limit=" + PAGE + parameter("from", from) + parameter("until", until)
                + parameter("owner", owner);
        try {
            while (path != null) {
                ServerClient.Page page = client.page(path);
                new String(page.body(), StandardCharsets.UTF_8).lines().forEach(line -> rows.add(cells(line)));
                path = page.next();
            }
        } catch (UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
        rows.print(format, spec.commandLine().getOut());
        return ExitCode.DONE;
    }

    private static String parameter(String name, @Nullable Object value) {
        return value == null ? "" : "&" + name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8);
    }

    /** What is unknown is empty. */
    private static Object[] cells(String line) {
        try {
            JsonNode row = MAPPER.readTree(line);
            return Focus.COLUMNS.stream()
                    .map(column -> row.path(column).isNumber()
                            ? row.path(column).decimalValue()
                            : (Object) row.path(column).asText())
                    .toArray();
        } catch (IOException e) {
            throw new UncheckedIOException("the server answered with something else than usage records", e);
        }
    }
}
