package io.regrade.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.ledger.Evidence;
import io.regrade.pipeline.EvidenceException;
import io.regrade.pipeline.EvidenceJson;
import io.regrade.pipeline.LoadedPolicies;
import io.regrade.pipeline.PastEvaluations;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.ReplayDecision;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade replay}: evaluates a past decision again and compares. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        description = {
            "Evaluates a past decision again, from what was stored with it, and compares byte for byte.",
            "A running server does that, or, with --evidence, this process does, with no server and no database."
        },
        footer = {"", "Exit codes: 0 equal; 1 different; 2 the evidence, or what was asked, cannot be used."})
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ReplayCommand implements Callable<Integer> {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(names = "--decision", paramLabel = "ID", description = "The decision's id.")
    private @Nullable String decision;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "The server that holds it; ${DEFAULT-VALUE} without.",
            defaultValue = "http://127.0.0.1:8080")
    private String server;

    @Option(
            names = "--evidence",
            paramLabel = "FILE",
            description = "What `GET /v1/decisions/ID/evidence` answered; nothing else is needed then.")
    private @Nullable Path evidence;

    @Option(
            names = "--policy",
            paramLabel = "DIR|NAME",
            description = "Another policy to decide by: a directory, or one that the server has loaded, NAME[@DIGEST].")
    private @Nullable String policy;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private Format format = Format.table;

    ReplayCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path directory = policy == null ? null : directory(policy);
        JsonNode replay;
        if (evidence != null) {
            if (policy != null && directory == null) {
                throw misused("`" + policy + "` is not a directory. Maybe the policy's directory, such as"
                        + " `rules/standard`: without a server there are no names");
            }
            replay = here(read(evidence), directory);
        } else if (decision == null) {
            throw misused("it is not said which decision. Maybe `--decision ID`, or `--evidence FILE`");
        } else {
            ServerClient client = new ServerClient(server);
            String path = "/v1/decisions/" + URLEncoder.encode(decision, UTF_8);
            replay = directory != null
                    ? here(EvidenceJson.read(client.get(path + "/evidence")), directory)
                    : parse(client.post(
                            path + "/replay" + (policy == null ? "" : "?policy=" + URLEncoder.encode(policy, UTF_8))));
        }
        PrintWriter out = spec.commandLine().getOut();
        ReplayText.print(replay, format, out);
        out.flush();
        return replay.path("result").asText().equals("equal") ? ExitCode.DONE : ExitCode.NO;
    }

    private JsonNode here(Evidence stored, @Nullable Path directory) {
        String id = stored.decision().path("id").asText();
        if (decision != null && !decision.equals(id)) {
            throw misused("the evidence is of the decision `" + id + "`, not of `" + decision + "`");
        }
        try (LoadedPolicies loaded = new LoadedPolicies(services.compiler());
                ReadyPolicy other = directory == null ? null : ReadyPolicy.load(directory, services.compiler())) {
            return new ReplayDecision(new PastEvaluations(loaded))
                    .replay(stored, other)
                    .json();
        }
    }

    private static Evidence read(Path file) {
        try {
            return EvidenceJson.read(Files.readAllBytes(file));
        } catch (EvidenceException e) {
            throw new EvidenceException(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable Path directory(String text) {
        return Files.isDirectory(Path.of(text)) ? Path.of(text) : null;
    }

    private static JsonNode parse(byte[] json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new EvidenceException("the server's answer is not JSON");
        }
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
