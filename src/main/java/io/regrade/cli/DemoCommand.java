package io.regrade.cli;

import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.pipeline.DecideVm;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade demo}: the whole thing on a fleet of Regrade's own making. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = "Makes a sample fleet, evaluates it with the standard policy, prints the advice and serves it.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class DemoCommand implements Callable<Integer> {

    private static final int MOST_VMS = 100_000;

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(names = "--once", description = "End after printing; start no server.")
    private boolean once;

    @Option(names = "--port", paramLabel = "N", description = "The port to listen on; 0 takes a free one.")
    private @Nullable Integer port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where the sample fleet is written, as DIR/fleet; data/demo of the installation without.")
    private @Nullable Path data;

    @Option(names = "--vms", paramLabel = "N", description = "Machines in the sample fleet; 60 without.")
    private int vms = 60;

    @Option(names = "--seed", paramLabel = "N", description = "Another seed makes another fleet; 1 without.")
    private long seed = 1;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private Format format = Format.table;

    DemoCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (vms < 1 || vms > MOST_VMS) {
            throw new ParameterException(
                    spec.commandLine(), "`--vms " + vms + "` is not possible. Maybe a number from 1 to " + MOST_VMS);
        }
        Path place = data == null ? services.home().resolve("data").resolve("demo") : data;
        Path directory = place.resolve("fleet");
        Instant now = services.clock().instant().truncatedTo(ChronoUnit.DAYS);
        write(directory, now);
        FleetWork.Loaded loaded = FleetWork.load(directory, services.standardPolicy(), services);
        DecideVm decider = loaded.decider();
        List<Decision> decisions = FleetWork.decide(decider, loaded.fleet().vms(), new EvaluationTime(now));
        PrintWriter out = spec.commandLine().getOut();
        DecisionRows.of(decisions).print(format, out);
        if (format == Format.table) {
            DecisionRows.totals(decisions, out);
            out.println("\nThe fleet lies in " + directory + "; why a machine is advised what it is tells");
            out.println("  ./regrade decide --fleet " + directory + " --at " + now + " --explain --vm "
                    + decisions.get(0).vm().id());
            out.flush();
        }
        if (!once) {
            serve(place, new ServerLauncher.Preload(loaded.fleet(), decisions, decider.provenance()), out);
        }
        return ExitCode.DONE;
    }

    private void write(Path directory, Instant now) {
        SampleFleet.Options usual = SampleFleet.Options.demo(now);
        try {
            Files.createDirectories(directory);
            SampleFleet.write(
                    directory,
                    new SampleFleet.Options(
                            seed, vms, usual.targets(), usual.days(), usual.sampleMinutes(), usual.end()));
        } catch (IOException e) {
            throw new UncheckedIOException("the sample fleet cannot be written to `" + directory + "`", e);
        }
    }

    private void serve(Path place, ServerLauncher.Preload preload, PrintWriter out) throws InterruptedException {
        ServerLauncher.Start start = new ServerLauncher.Start(null, port, place);
        try (ServerLauncher.Running server = services.server().start(start, preload)) {
            out.println("\nRegrade serves them on " + server.address() + " (API reference at " + server.address()
                    + "/docs); Ctrl-C ends it");
            out.flush();
            server.awaitStop();
        }
    }
}
