package io.regrade.bench;

import io.regrade.app.Main;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whole processes, from start to exit: deciding a fleet directory, and merely parsing it, one after the other. */
final class ProcessRuns {

    private static final double NANOS = 1e9;
    /** As the launcher starts it. */
    private static final List<String> OPTIONS = List.of("-XX:MaxRAMPercentage=60", "-Dfile.encoding=UTF-8");

    /**
     * Seconds of each run.
     *
     * @param decide of {@code regrade decide}
     * @param parse of {@link ParseOnly}
     */
    record Seconds(List<Double> decide, List<Double> parse) {

        /** The median of the ratios of runs beside each other. */
        double ratio() {
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < decide.size(); i++) {
                ratios.add(decide.get(i) / parse.get(i));
            }
            return Results.median(ratios);
        }
    }

    private ProcessRuns() {}

    /** Runs both so many times, interleaved, after one run of each that is not counted. */
    static Seconds run(Path fleet, int times) throws IOException, InterruptedException {
        Seconds seconds = new Seconds(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i <= times; i++) {
            double decide = time(regrade(), "decide", "--fleet", fleet.toString());
            double parse = time(onClassPath(ParseOnly.class), fleet.toString());
            if (i > 0) {
                seconds.decide.add(decide);
                seconds.parse.add(parse);
            }
        }
        return seconds;
    }

    /** Regrade as its launcher starts it, from the jar where one is built: the policy is compiled in the first run only. */
    private static List<String> regrade() {
        Path jar = Path.of("target", "regrade.jar").toAbsolutePath();
        return Files.isRegularFile(jar)
                ? List.of("-Dregrade.home=" + Path.of("").toAbsolutePath(), "-jar", jar.toString())
                : onClassPath(Main.class);
    }

    private static List<String> onClassPath(Class<?> main) {
        return List.of("-cp", System.getProperty("java.class.path"), main.getName());
    }

    private static double time(List<String> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(program);
        command.addAll(List.of(arguments));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int exit = process.waitFor();
        if (exit != 0) {
            throw new IllegalStateException(String.join(" ", arguments) + " ended with exit code " + exit);
        }
        return (System.nanoTime() - start) / NANOS;
    }
}
