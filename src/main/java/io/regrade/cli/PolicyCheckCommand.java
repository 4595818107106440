package io.regrade.cli;

import io.regrade.pipeline.CheckPolicy;
import io.regrade.policy.Diagnostic;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade policy check}: says everything that is wrong with a policy. */
@Command(name = "check", mixinStandardHelpOptions = true, description = "Says everything that is wrong with a policy.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyCheckCommand implements Callable<Integer> {

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "DIR", description = "The policy's directory; rules/standard without.")
    private @Nullable Path policy;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private Format format = Format.table;

    PolicyCheckCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Path directory = policy == null ? services.standardPolicy() : policy;
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(
                    spec.commandLine(), directory + ": there is no such directory. Maybe `rules/standard`");
        }
        List<Diagnostic> problems = CheckPolicy.check(directory, services.compiler()).diagnostics();
        boolean failed = problems.stream().anyMatch(p -> p.severity() == Diagnostic.Severity.ERROR);
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.table) {
            PrintWriter err = spec.commandLine().getErr();
            problems.forEach(problem -> err.println(directory.resolve(problem.file()) + place(problem)));
            err.flush();
            out.println(
                    problems.isEmpty()
                            ? "the policy is in order"
                            : problems.size() + (problems.size() == 1 ? " problem" : " problems"));
            out.flush();
        } else {
            Rows rows = new Rows("file", "line", "column", "severity", "code", "message");
            problems.forEach(p -> rows.add(
                    p.file(),
                    p.line(),
                    p.column(),
                    p.severity().name().toLowerCase(Locale.ROOT),
                    p.code(),
                    p.message()));
            rows.print(format, out);
        }
        return failed ? ExitCode.NO : ExitCode.DONE;
    }

    private static String place(Diagnostic problem) {
        return problem.toString().substring(problem.file().length());
    }
}
