package io.regrade.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs all benchmarks and prints their report: {@code ./mvnw -Pbench verify}, with options as
 * {@code -Dbench.args="--rounds=1 --write"}; see {@link Options}.
 */
public final class Benchmarks {

    private static final Path PAGE = Path.of("docs/performance.md");
    private static final String BEGIN = "<!-- begin: printed by the benchmarks -->\n";
    private static final String END = "<!-- end: printed by the benchmarks -->";
    private static final int FLEET_WARM_UPS = 4;
    private static final int FLEET_RUNS = 3;
    private static final int PARTS = 5;

    private final Options options;
    private final String command;

    private Benchmarks(Options options, String command) {
        this.options = options;
        this.command = command;
    }

    /** Runs what the arguments ask for. */
    public static void main(String[] arguments) throws IOException, InterruptedException, RunnerException {
        String given = String.join(" ", arguments);
        String command = "./mvnw -Pbench verify" + (given.isEmpty() ? "" : " -Dbench.args=\"" + given + "\"");
        Options options = Options.parse(arguments);
        String report = report(options, command);
        System.out.println("\n" + report);
        if (options.write()) {
            Files.writeString(PAGE, replaced(Files.readString(PAGE), report));
        }
    }

    /** Runs everything and returns the report. */
    static String report(Options options, String command) throws IOException, InterruptedException, RunnerException {
        return new Benchmarks(options, command).run();
    }

    private String run() throws IOException, InterruptedException, RunnerException {
        Results results = new Results();
        for (int round = 0; round < options.rounds(); round++) {
            for (String targets : options.targets()) {
                results.addDecisions(decisions(targets));
            }
        }
        if (!options.fleets().isEmpty()) {
            results.addFleets(fleets());
        }
        if (options.processes() > 0 && Files.isDirectory(options.fleet())) {
            results.add(ProcessRuns.run(options.fleet(), options.processes()));
        }
        if (options.profileSeconds() > 0) {
            results.add(EngineProfile.measure(Duration.ofSeconds(options.profileSeconds()), 2_000, 2_000));
        }
        return new Report(results, command).markdown();
    }

    private Collection<RunResult> decisions(String targets) throws RunnerException {
        return new Runner(base(DecideBenchmark.class)
                        .param("way", options.ways().toArray(String[]::new))
                        .param("targets", targets)
                        .warmupIterations(PARTS)
                        .warmupTime(part(options.warmUpSeconds()))
                        .measurementIterations(PARTS)
                        .measurementTime(part(options.seconds()))
                        .addProfiler(GCProfiler.class)
                        .addProfiler(CpuProfiler.class)
                        .build())
                .run();
    }

    private Collection<RunResult> fleets() throws RunnerException {
        boolean tiny = !options.forks();
        return new Runner(base(FleetBenchmark.class)
                        .param("vms", options.fleets().toArray(String[]::new))
                        .param("targets", tiny ? options.targets().get(0) : "2000")
                        .warmupIterations(tiny ? 0 : FLEET_WARM_UPS)
                        .measurementIterations(tiny ? 1 : FLEET_RUNS)
                        .build())
                .run();
    }

    private ChainedOptionsBuilder base(Class<?> benchmark) {
        return new OptionsBuilder()
                .include(benchmark.getName())
                .shouldFailOnError(true)
                .forks(options.forks() ? 1 : 0)
                .verbosity(options.forks() ? VerboseMode.NORMAL : VerboseMode.SILENT)
                .jvmArgsAppend("-Xms1g", "-Xmx1g", "-XX:+UseParallelGC");
    }

    private static TimeValue part(int seconds) {
        return TimeValue.milliseconds(Math.max(20, seconds * 1_000L / PARTS));
    }

    private static String replaced(String page, String report) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalStateException(PAGE + " has lost the lines `" + BEGIN.strip() + "` and `" + END + "`");
        }
        return page.substring(0, begin + BEGIN.length()) + report + page.substring(end);
    }

    /** What the tests run: everything, tiny, in this process. */
    static Options tiny() {
        return new Options(
                false,
                1,
                List.of("ENGINE", "UNTRACED", "HAND", "EVRETE", "PLAIN"),
                List.of("40"),
                0,
                0,
                List.of("20"),
                Path.of("no-fleet-here"),
                1,
                1,
                false);
    }
}
