package io.regrade.cli;

import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policytest.MutationSettings;
import io.regrade.policytest.MutationTests;
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
import java.util.Locale;
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
            names = {"--min-rule-coverage", "--coverage"},
            paramLabel = "SHARE",
            description = "Fail when fewer of the rules than this share, 0 to 1, have a firing case and a near miss.")
    private double threshold = 0;

    @Option(
            names = "--orders",
            description =
                    "Decide every case again with its facts and the rules in other orders; fail those that come out"
                            + " otherwise.")
    private boolean orders;

    @Option(
            names = "--conditions",
            description =
                    "Measure each condition of each rule too: was it seen true, and was it seen to be the only one"
                            + " that is false?")
    private boolean conditions;

    @Option(
            names = "--min-condition-coverage",
            paramLabel = "SHARE",
            description = "Fail when less than this share of the conditions, 0 to 1, was seen both ways. Implies"
                    + " --conditions.")
    private double minConditionCoverage = -1;

    @Option(
            names = "--mutate",
            description =
                    "Change parameters, operators and values of tables in small ways, and say which changes no test"
                            + " notices.")
    private boolean mutate;

    @Option(
            names = "--mutate-only",
            paramLabel = "RULE",
            description = "Change only this rule and its parameters, or only this parameter. Implies --mutate.")
    private @Nullable String only;

    @Option(
            names = "--mutate-seconds",
            paramLabel = "N",
            description = "Try no further change when so many seconds are over; ${DEFAULT-VALUE} without.")
    private double seconds = 300;

    @Option(
            names = "--min-mutation-score",
            paramLabel = "SHARE",
            description = "Fail when less than this share of the changes, 0 to 1, is noticed. Implies --mutate.")
    private double minMutationScore = -1;

    @Option(names = "--all", description = "List the cases that passed too.")
    private boolean all;

    @Option(names = "--out", paramLabel = "FILE", description = "Write the report to a file.")
    private @Nullable Path file;

    PolicyTestCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        Path directory = policy == null ? services.standardPolicy() : policy;
        TestReport report = report(directory);
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
        boolean enough = reaches("rule coverage", report.coveredShare(), threshold);
        enough &= reaches("condition coverage", report.conditionShare(), minConditionCoverage);
        if (report.mutation() != null) {
            enough &= reaches("the mutation score", report.mutation().score(), minMutationScore);
        } else if (isMutating()) {
            say("nothing was changed: first, the tests have to pass");
        }
        return report.passed() && enough ? ExitCode.DONE : ExitCode.NO;
    }

    private boolean isMutating() {
        return mutate || only != null || minMutationScore >= 0;
    }

    private TestReport report(Path directory) throws InterruptedException {
        try (ReadyPolicy ready = ReadyPolicy.load(directory, services.compiler())) {
            TestReport report =
                    orders ? PolicyTests.runInOtherOrders(ready, services.compiler()) : PolicyTests.run(ready);
            if ((conditions || minConditionCoverage >= 0) && report.passed()) {
                report = report.with(PolicyTests.conditions(ready.bundle(), services.compiler()));
            }
            if (!isMutating() || !report.passed()) {
                return report;
            }
            try (Meter meter = Meter.of("changing", "changes", 1, 1)) {
                return report.with(MutationTests.run(
                        ready,
                        services.compiler(),
                        report,
                        new MutationSettings(
                                only == null ? "" : only,
                                seconds,
                                Runtime.getRuntime().availableProcessors(),
                                meter::at)));
            }
        }
    }

    private boolean reaches(String what, double share, double least) {
        if (share < least) {
            say(String.format(Locale.ROOT, "%s is %.3f, asked for are %.3f", what, share, least));
        }
        return share >= least;
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println(line);
        err.flush();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("the report cannot be written to `" + file + "`", e);
        }
    }
}
