package io.regrade.cli;

import io.regrade.backtest.Backtest;
import io.regrade.backtest.Baselines;
import io.regrade.backtest.Lived;
import io.regrade.backtest.Part;
import io.regrade.backtest.Picture;
import io.regrade.backtest.Report;
import io.regrade.backtest.RollingBacktest;
import io.regrade.backtest.SampleSource;
import io.regrade.catalog.Catalog;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetProgress;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.inventory.FleetSeries;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade backtest}: decides on the first days of what was measured and scores on the rest. */
@Command(
        name = "backtest",
        mixinStandardHelpOptions = true,
        description =
                "Decides on the first days of a fleet's samples and scores on the rest: what the advice would have"
                        + " saved, and how often it would have been too little.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BacktestCommand implements Callable<Integer> {

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--fleet",
            required = true,
            paramLabel = "DIR",
            description = "Directory with vms.csv, targets.csv and usage.csv or usage.csv.gz.")
    private Path fleetDirectory;

    @Option(
            names = "--train-days",
            required = true,
            paramLabel = "N",
            description = "Days, from the first sample on, that the decision may know.")
    private int trainDays;

    @Option(names = "--baselines", description = "Score the published recommenders on the same machines, too.")
    private boolean baselines;

    @Option(
            names = "--rolling",
            description =
                    "Also live through the rest: a decision every week on all that is known by then, moves counted.")
    private boolean rolling;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw saving against shortage into this file, too.")
    private @Nullable Path svg;

    @Option(
            names = "--part",
            paramLabel = "K/N",
            description =
                    "Score part K of N equal parts of the machines, divided by the SHA-256 of their ids; all without.")
    private @Nullable String part;

    @Option(names = "--policy", paramLabel = "DIR", description = "The policy's directory; rules/standard without.")
    private @Nullable Path policy;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private Format format = Format.table;

    BacktestCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (trainDays < 1) {
            throw new ParameterException(
                    spec.commandLine(), "`--train-days " + trainDays + "` leaves nothing to decide on. Maybe 15");
        }
        Path rules = policy == null ? services.standardPolicy() : policy;
        try (ReadyPolicy ready = ReadyPolicy.load(rules, services.compiler())) {
            Fleet fleet = new FleetReader().readInventory(fleetDirectory);
            DecideVm decide = new DecideVm(ready, Catalog.of(fleet.targets()), fleet.pricing());
            SampleSource samples = samples(fleet);
            Report report = run(fleet, samples, decide);
            Lived lived = rolling ? new RollingBacktest(fleet, samples, decide, part()).run(trainDays) : null;
            new BacktestReport(format, spec.commandLine().getOut()).print(report, lived);
            if (svg != null) {
                write(svg, Picture.of(report));
            }
        }
        return ExitCode.DONE;
    }

    private static void write(Path file, String picture) {
        try {
            Files.writeString(file, picture);
        } catch (IOException e) {
            throw new UncheckedIOException("the picture cannot be written to `" + file + "`", e);
        }
    }

    private Part part() {
        try {
            return part == null ? Part.ALL : Part.parse(part);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "`--part`: " + e.getMessage());
        }
    }

    private SampleSource samples(Fleet fleet) {
        return each -> {
            try (Meter meter = Meter.of("Reading", "MiB", -1, 1 << 20)) {
                FleetProgress progress = (file, bytes, total) -> meter.at(bytes, total);
                new FleetSeries(IntakeLimits.DEFAULT, progress).read(fleetDirectory, fleet.vms(), each);
            }
        };
    }

    private Report run(Fleet fleet, SampleSource samples, DecideVm decide) throws InterruptedException {
        Backtest backtest = new Backtest(fleet, samples, decide, baselines ? Baselines.PUBLISHED : List.of(), part());
        int machines = fleet.vms().size();
        try (Meter meter = Meter.of("Deciding", " VMs", machines, 1)) {
            return backtest.run(
                    trainDays, Runtime.getRuntime().availableProcessors(), done -> meter.at(done, machines));
        }
    }
}
