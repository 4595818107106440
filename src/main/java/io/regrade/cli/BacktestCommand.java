package io.regrade.cli;

import io.regrade.backtest.Backtest;
import io.regrade.backtest.Baselines;
import io.regrade.backtest.Report;
import io.regrade.catalog.Catalog;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetProgress;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.inventory.FleetSeries;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
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
            Report report = run(ready);
            new BacktestReport(format, spec.commandLine().getOut()).print(report);
        }
        return ExitCode.DONE;
    }

    private Report run(ReadyPolicy ready) throws InterruptedException {
        Fleet fleet = new FleetReader().readInventory(fleetDirectory);
        DecideVm decide = new DecideVm(ready, Catalog.of(fleet.targets()), fleet.pricing());
        Backtest backtest = new Backtest(
                fleet,
                each -> {
                    try (Meter meter = Meter.of("Reading", "MiB", -1, 1 << 20)) {
                        FleetProgress progress = (file, bytes, total) -> meter.at(bytes, total);
                        new FleetSeries(IntakeLimits.DEFAULT, progress).read(fleetDirectory, fleet.vms(), each);
                    }
                },
                decide,
                baselines ? Baselines.PUBLISHED : List.of());
        int machines = fleet.vms().size();
        try (Meter meter = Meter.of("Deciding", " VMs", machines, 1)) {
            return backtest.run(
                    trainDays, Runtime.getRuntime().availableProcessors(), done -> meter.at(done, machines));
        }
    }
}
