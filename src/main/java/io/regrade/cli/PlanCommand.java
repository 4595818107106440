package io.regrade.cli;

import io.regrade.fact.Numbers;
import io.regrade.intake.inventory.Fleet;
import io.regrade.pipeline.planning.PlanFleet;
import io.regrade.pipeline.planning.PlanJson;
import io.regrade.pipeline.planning.PlanWords;
import io.regrade.pipeline.planning.PlannedFleet;
import io.regrade.plan.FleetPlan;
import io.regrade.plan.PlanSettings;
import io.regrade.plan.Wave;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code regrade plan}: assigns a whole fleet at once, in waves. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = {
            "Assigns a whole fleet at once under what its machines share, in waves: no server, no database.",
            "What is shared is in DIR/shared.csv; see docs/plans.md."
        })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PlanCommand implements Callable<Integer> {

    private final Services services;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--fleet",
            required = true,
            paramLabel = "DIR",
            description = "Directory with vms.csv, targets.csv, usage.csv or usage.csv.gz, and shared.csv.")
    private Path fleet;

    @Mixin
    private EvaluationOptions evaluation;

    @Option(names = "--most", paramLabel = "N", description = "Moves in all; without, as many as are worth it.")
    private @Nullable Integer most;

    @Option(names = "--wave", paramLabel = "N", description = "Moves in a wave; ${DEFAULT-VALUE} without.")
    private int wave = PlanSettings.DEFAULT.wave();

    @Option(names = "--canary", paramLabel = "N", description = "Moves in the first wave; ${DEFAULT-VALUE} without.")
    private int canary = PlanSettings.DEFAULT.canary();

    @Option(
            names = "--obligation",
            paramLabel = "USD",
            description =
                    "What it is worth that a machine which must change does so, US$ a month; ${DEFAULT-VALUE} without.")
    private double obligation = PlanSettings.DEFAULT.obligationUsdMonth();

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES}; table without.")
    private Format format = Format.table;

    PlanCommand(Services services) {
        this.services = services;
    }

    @Override
    public Integer call() throws InterruptedException {
        PlanSettings settings = settings();
        FleetWork.Loaded loaded = FleetWork.load(fleet, evaluation.policy(services), services);
        Fleet read = loaded.fleet();
        PlannedFleet planned;
        try (Meter meter = Meter.of("Planning", " VMs", read.vms().size(), 1)) {
            planned = PlanFleet.plan(
                    loaded.decider(),
                    read.vms(),
                    read.shared(),
                    settings,
                    evaluation.time(services),
                    Runtime.getRuntime().availableProcessors(),
                    done -> meter.at(done, read.vms().size()));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (format == Format.json) {
            out.println(PlanJson.write(planned).toPrettyString());
        } else {
            rows(planned.plan()).print(format, out);
            if (format == Format.table) {
                totals(planned, out);
            }
        }
        out.flush();
        return ExitCode.DONE;
    }

    private PlanSettings settings() {
        try {
            return new PlanSettings(obligation, most == null ? Integer.MAX_VALUE : most, wave, canary);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private static Rows rows(FleetPlan plan) {
        Map<String, Integer> waves = new HashMap<>();
        for (Wave one : plan.waves()) {
            one.vms().forEach(vm -> waves.put(vm, one.number()));
        }
        Rows rows = new Rows("vm", "wave", "target", "choice", "net_usd_month", "saving_usd_month", "risk", "why");
        for (FleetPlan.Move move : plan.moves()) {
            rows.add(
                    move.mover().vm().id(),
                    waves.getOrDefault(move.mover().vm().id(), 0),
                    move.option().target().id(),
                    move.choice(),
                    new Rows.Money(Numbers.significant(move.option().netUsdMonth())),
                    new Rows.Money(
                            Numbers.significant(move.option().projection().savingUsdMonth())),
                    move.option().projection().risk(),
                    PlanWords.why(move));
        }
        for (FleetPlan.Stay stay : plan.staying()) {
            rows.add(
                    stay.mover().vm().id(),
                    "-",
                    "-",
                    "-",
                    new Rows.Money(0),
                    new Rows.Money(0),
                    Double.NaN,
                    PlanWords.why(stay));
        }
        return rows;
    }

    private static void totals(PlannedFleet planned, PrintWriter out) {
        FleetPlan plan = planned.plan();
        out.println();
        out.printf(
                "plan %s: %d of %d machines move in %d waves, %d would move and stay%n",
                planned.digest().substring("sha256:".length(), "sha256:".length() + 12),
                plan.moves().size(),
                planned.machines(),
                plan.waves().size(),
                plan.staying().size());
        out.printf(
                "worth %s a month, saving %s; no plan can be worth more than %s (gap %s)%n",
                Numbers.dollars(plan.netUsdMonth()),
                Numbers.dollars(plan.savingUsdMonth()),
                Numbers.dollars(plan.boundUsdMonth()),
                Numbers.percent(plan.gap()));
        if (plan.unmet() > 0) {
            out.printf("%d machines that must change cannot%n", plan.unmet());
        }
        for (Wave one : plan.waves()) {
            out.printf(
                    "wave %d%s%s: %s%n",
                    one.number(),
                    one.canary() ? ", canary" : "",
                    one.window() == null ? "" : ", " + one.window(),
                    shown(one));
        }
        plan.notes().values().forEach(out::println);
    }

    private static String shown(Wave wave) {
        int most = 8;
        String first = String.join(
                ", ", wave.vms().subList(0, Math.min(most, wave.vms().size())));
        return wave.vms().size() > most ? first + " and " + (wave.vms().size() - most) + " more" : first;
    }
}
