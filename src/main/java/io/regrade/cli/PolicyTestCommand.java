package io.regrade.cli;

import io.regrade.policytest.PolicyTests;
import io.regrade.policytest.ReportJson;
import io.regrade.policytest.ReportText;
import io.regrade.policytest.ReportXml;
import io.regrade.policytest.TestReport;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code regrade policy test}: runs the tests beside a policy's rules. */
@Command(
        name = "test",
        mixinStandardHelpOptions = true,
        description = "Runs the tests beside a policy's rules and says how well they cover them.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyTestCommand implements Callable<Integer> {

    /** How the report is printed. */
    enum ReportFormat {
        text,
        json,
        junit
    }

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", paramLabel = "DIR", description = "The policy's directory; rules/standard without.")
    private @Nullable Path policy;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; text without.")
    private ReportFormat format = ReportFormat.text;

    @Option(
            names = "--coverage",
            paramLabel = "SHARE",
            description = "Fail when fewer of the rules than this share, 0 to 1, have a firing case and a near miss.")
    private double threshold = 0;

    @Option(names = "--all", description = "List the cases that passed too.")
    private boolean all;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the report to a file.")
    private @Nullable Path file;

    PolicyTestCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() {
        Path directory = policy == null ? services.standardPolicy() : policy;
        TestReport report = PolicyTests.run(directory, services.compiler());
        String text = switch (format) {
            case text -> ReportText.of(report, all);
            case json -> ReportJson.of(report).toPrettyString() + "\n";
            case junit -> ReportXml.of(report);
        };
        PrintWriter out = spec.commandLine().getOut();
        if (file == null) {
            out.print(text);
        } else {
            write(file, text);
        }
        out.flush();
        boolean covered = report.coveredShare() >= threshold;
        if (!covered) {
            PrintWriter err = spec.commandLine().getErr();
            err.printf("coverage is %.3f, asked for are %.3f%n", report.coveredShare(), threshold);
            err.flush();
        }
        return report.passed() && covered ? ExitCode.DONE : ExitCode.NO;
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to `" + file + "`", e);
        }
    }
}
