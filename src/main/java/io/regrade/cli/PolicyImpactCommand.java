package io.regrade.cli;

import io.regrade.fact.EvaluationTime;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.impact.Comparison;
import io.regrade.pipeline.impact.Impact;
import io.regrade.pipeline.impact.MeasureImpact;
import io.regrade.pipeline.impact.Subjects;
import io.regrade.policy.PolicyReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade policy impact}: says what a change of policy would do. */
@Command(
        name = "impact",
        mixinStandardHelpOptions = true,
        description =
                "Says what a change of policy would do: which decisions change, by which rules, for whom, and what"
                        + " that comes to in money and risk.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PolicyImpactCommand implements Callable<Integer> {

    private static final int MOST_TOLD = 1000;

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(names = "--policy", required = true, paramLabel = "DIR", description = "The draft: its directory.")
    private Path draft;

    @Option(
            names = "--against",
            paramLabel = "DIR",
            description = "The policy in force: its directory. Without, the one that the server or the lines name, or"
                    + " else rules/standard.")
    private @Nullable Path active;

    @ArgGroup(multiplicity = "1")
    private ImpactSource.Asked source;

    @Option(names = "--from", paramLabel = "TIME", description = "Only decisions decided at this moment or later.")
    private @Nullable Instant from;

    @Option(names = "--until", paramLabel = "TIME", description = "Only decisions decided before this moment.")
    private @Nullable Instant until;

    @Option(
            names = "--decisions",
            description =
                    "Compare over what the server's past decisions were made on, instead of its machines of today.")
    private boolean decisions;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "The evaluation time, RFC 3339, such as 2026-01-31T00:00:00Z; now without.")
    private @Nullable Instant at;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "Machines that are told one by one, for each of money, risk and need; 5 without.")
    private int top = 5;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private ImpactFormat format = ImpactFormat.table;

    @Option(names = "--explain", description = "Tell both stories of each of these machines, in tables and Markdown.")
    private boolean explain;

    @Mixin
    private ImpactThresholds thresholds;

    PolicyImpactCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (top < 0 || top > MOST_TOLD) {
            throw misused("`--top " + top + "` is not possible. Maybe a number from 0 to " + MOST_TOLD);
        }
        if (source.server == null && (decisions || from != null || until != null)) {
            throw misused("past decisions lie on a server. Maybe `--server URL --decisions`");
        }
        if (!decisions && (from != null || until != null)) {
            throw misused("`--from` and `--until` are for past decisions. Maybe add `--decisions`");
        }
        if (at != null && source.fleet == null) {
            throw misused("`--at` is for a fleet directory; other facts come with their own moment");
        }
        try (ReadyPolicy after = ReadyPolicy.load(draft, services.compiler());
                ImpactSource open = open(after)) {
            SortedMap<String, String> named = active == null ? open.active() : null;
            try (ReadyPolicy before = named != null
                    ? ReadyPolicy.of(PolicyReader.of(named), services.compiler())
                    : ReadyPolicy.load(active == null ? services.standardPolicy() : active, services.compiler())) {
                return measure(before, after, open.subjects());
            }
        }
    }

    private ImpactSource open(ReadyPolicy after) {
        if (source.fleet != null) {
            return ImpactSource.fleet(
                    source.fleet,
                    new EvaluationTime(at == null ? services.clock().instant() : at));
        }
        if (source.server != null) {
            String policy = active == null ? after.bundle().name() : null;
            return ImpactSource.server(source.server, new ImpactSource.Wanted(decisions, from, until, policy));
        }
        return source.facts == null || source.facts.toString().equals("-")
                ? ImpactSource.standardInput()
                : ImpactSource.file(source.facts);
    }

    private int measure(ReadyPolicy before, ReadyPolicy after, Subjects subjects) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        ImpactReport report = new ImpactReport(format, explain, out);
        MeasureImpact measure =
                new MeasureImpact(before, after, Runtime.getRuntime().availableProcessors(), top);
        Impact impact;
        try (Meter meter = Meter.of("Comparing", " VMs", subjects.total(), 1)) {
            Consumer<Comparison> changed = report::changed;
            LongConsumer progress = done -> {
                meter.at(done, subjects.total());
                report.progress(done, subjects.total());
            };
            impact = measure.measure(subjects, changed, progress);
        }
        report.print(impact);
        PrintWriter err = spec.commandLine().getErr();
        boolean accepted = thresholds.accept(impact, err);
        err.flush();
        return accepted ? ExitCode.DONE : ExitCode.NO;
    }

    private ParameterException misused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
