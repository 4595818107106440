package io.regrade.cli;

import io.regrade.fact.Suggestion;
import io.regrade.pipeline.CheckPolicy;
import io.regrade.pipeline.CheckPolicy.Checked;
import io.regrade.pipeline.DiagnosticsJson;
import io.regrade.pipeline.DiagnosticsSarif;
import io.regrade.pipeline.EngineVersion;
import io.regrade.policy.Diagnostic;
import io.regrade.policy.DiagnosticPages;
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

    /** How the findings are printed. */
    enum CheckFormat {
        /** To standard error, a line each. */
        table,
        json,
        csv,
        ndjson,
        sarif
    }

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "DIR", description = "The policy's directory; rules/standard without.")
    private @Nullable Path policy;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private CheckFormat format = CheckFormat.table;

    @Option(names = "--explain", paramLabel = "CODE", description = "Print the page about a kind of finding.")
    private @Nullable String explained;

    PolicyCheckCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        if (explained != null) {
            return explain(explained);
        }
        Path directory = policy == null ? services.standardPolicy() : policy;
        if (!Files.isDirectory(directory)) {
            throw new ParameterException(
                    spec.commandLine(), directory + ": there is no such directory. Maybe `rules/standard`");
        }
        Checked checked = CheckPolicy.check(directory, services.compiler());
        print(checked, directory);
        return checked.isUsable() ? ExitCode.DONE : ExitCode.NO;
    }

    private int explain(String code) {
        String page = DiagnosticPages.page(code)
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "`" + code + "` is no kind of finding. Maybe "
                                + Suggestion.nearest(code, DiagnosticPages.codes())));
        PrintWriter out = spec.commandLine().getOut();
        out.print(page);
        out.flush();
        return ExitCode.DONE;
    }

    private void print(Checked checked, Path directory) {
        PrintWriter out = spec.commandLine().getOut();
        switch (format) {
            case table -> {
                PrintWriter err = spec.commandLine().getErr();
                checked.diagnostics()
                        .forEach(one ->
                                err.println(one.in(directory.resolve(one.file()).toString())));
                err.flush();
                out.println(summary(checked.diagnostics()));
            }
            case json -> out.println(DiagnosticsJson.of(checked).toPrettyString());
            case sarif ->
                out.println(DiagnosticsSarif.of(checked, EngineVersion.regrade(), directory)
                        .toPrettyString());
            case ndjson -> checked.diagnostics().forEach(one -> out.println(Rows.line(DiagnosticsJson.one(one))));
            case csv -> {
                Rows rows = new Rows("file", "line", "column", "severity", "code", "message", "maybe");
                checked.diagnostics()
                        .forEach(p -> rows.add(
                                p.file(),
                                p.line(),
                                p.column(),
                                p.severity().name().toLowerCase(Locale.ROOT),
                                p.code(),
                                p.message(),
                                p.maybe()));
                rows.print(Format.csv, out);
            }
        }
        out.flush();
    }

    private static String summary(List<Diagnostic> found) {
        long errors = found.stream().filter(Diagnostic::isError).count();
        long warnings = found.size() - errors;
        if (found.isEmpty()) {
            return "the policy is in order";
        }
        String problems = errors + (errors == 1 ? " problem" : " problems");
        String doubts = warnings + (warnings == 1 ? " warning" : " warnings");
        return warnings == 0 ? problems : errors == 0 ? "the policy can be used, " + doubts : problems + ", " + doubts;
    }
}
