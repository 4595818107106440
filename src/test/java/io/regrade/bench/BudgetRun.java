package io.regrade.bench;

import io.regrade.catalog.Catalog;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.engine.drools.UngatedCompiler;
import io.regrade.fact.Action;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.budget.Budget;
import io.regrade.policy.budget.BudgetLimits;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What budgets cost: the standard policy as the gate rewrites it, and as Drools compiled it, deciding the same machines in
 * turns. Both begin and end a budget for each decision, which is measured by itself. Compared by processor time of the
 * deciding thread. Arguments: rounds (11), decisions a turn (2000).
 */
public final class BudgetRun {

    private static final int TARGETS = 2_000;
    private static final int MACHINES = 200;
    private static final double NANOS_MICRO = 1e3;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private BudgetRun() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 11;
        int decisions = args.length > 1 ? Integer.parseInt(args[1]) : 2_000;
        World world = World.of(TARGETS, MACHINES, 7);
        PolicyBundle policy = PolicyReader.read(Path.of("rules/standard"));
        try (ReadyPolicy gated = ReadyPolicy.of(policy, new DroolsCompiler());
                ReadyPolicy ungated = ReadyPolicy.of(policy, new UngatedCompiler())) {
            DecideVm with = new DecideVm(gated, Catalog.of(world.targets()), world.pricing());
            DecideVm without = with.by(ungated);
            List<Double> ratios = new ArrayList<>();
            List<Double> micros = new ArrayList<>();
            for (int i = -1; i < rounds; i++) { // the first round warms up
                double first = run(i % 2 == 0 ? without : with, world, decisions);
                double second = run(i % 2 == 0 ? with : without, world, decisions);
                double checked = i % 2 == 0 ? second : first;
                double plain = i % 2 == 0 ? first : second;
                if (i >= 0) {
                    ratios.add(plain / checked);
                    micros.add(checked);
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "speed with checks: %.1f %% of that without (median of %d rounds, %.1f to %.1f %%)%n",
                    100 * Results.median(ratios),
                    rounds,
                    100 * ratios.stream().min(Double::compare).orElseThrow(),
                    100 * ratios.stream().max(Double::compare).orElseThrow());
            System.out.printf(
                    Locale.ROOT,
                    "a decision with checks: %.1f µs of processor; a budget begun and ended: %.3f µs%n",
                    Results.median(micros),
                    budget(1_000_000));
        }
    }

    /** Microseconds of processor for a decision. */
    private static double run(DecideVm decide, World world, int decisions) {
        int kept = 0;
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < decisions; i++) {
            VmFacts machine = world.vms().get(i % world.vms().size());
            kept += decide.decide(machine, world.time()).action() == Action.KEEP ? 1 : 0;
        }
        double micros = (THREADS.getCurrentThreadCpuTime() - start) / NANOS_MICRO / decisions;
        if (kept == decisions) {
            throw new IllegalStateException("every machine is kept: nothing was decided");
        }
        return micros;
    }

    /** Microseconds of processor to begin and end a budget. */
    private static double budget(int times) {
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            try (Budget one = Budget.begin(BudgetLimits.DEFAULT)) {
                one.fired();
            }
        }
        return (THREADS.getCurrentThreadCpuTime() - start) / NANOS_MICRO / times;
    }
}
