package io.regrade.bench;

import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.pipeline.CheckPolicy;
import io.regrade.pipeline.CheckPolicy.Checked;
import io.regrade.policy.PolicyReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How long checking the standard policy takes: the first time, again as it is, with one rule changed each time, and with a
 * rule that cannot be read. Prints time and processor time of each. Argument: how often each (10).
 */
public final class CheckRun {

    private static final String FILE = "needs/sizing.drl";
    private static final String CONDITION = "Demand(resource == Resource.CPU, spareShare > $share)";
    private static final double NANOS_MILLI = 1e6;

    private CheckRun() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 10;
        DroolsCompiler compiler = new DroolsCompiler();
        SortedMap<String, String> standard = PolicyReader.files(Path.of("rules/standard"));
        check("first time", standard, compiler);
        for (int i = 0; i < rounds; i++) {
            check("again", standard, compiler);
        }
        for (int i = 0; i < rounds; i++) {
            check(
                    "one rule changed",
                    with(standard, CONDITION, CONDITION.replace("$share", "$share + 0." + (i + 1))),
                    compiler);
        }
        for (int i = 0; i < rounds; i++) {
            check("one rule broken", with(standard, CONDITION, CONDITION.replace(", ", ", , ")), compiler);
        }
    }

    private static SortedMap<String, String> with(SortedMap<String, String> files, String from, String to) {
        SortedMap<String, String> changed = new TreeMap<>(files);
        changed.computeIfPresent(FILE, (file, text) -> text.replace(from, to));
        return changed;
    }

    private static void check(String what, SortedMap<String, String> files, DroolsCompiler compiler) {
        long cpu = cpu();
        long start = System.nanoTime();
        Checked checked = CheckPolicy.check(files, compiler);
        System.out.printf(
                "%-18s %6.0f ms, processor %6.0f ms, %d findings%n",
                what,
                (System.nanoTime() - start) / NANOS_MILLI,
                (cpu() - cpu) / NANOS_MILLI,
                checked.diagnostics().size());
    }

    private static long cpu() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
