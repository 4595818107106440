package io.regrade.bench;

import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.fact.VmFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Activates versions of the standard policy while recorded decisions are asked for over HTTP at a steady pace, in turns with
 * stretches without; server and load are processes of their own. Prints failed requests, the 99th percentile of both kinds of
 * stretches, and what memory is left after garbage collections in the course of it. Every version is loaded anew, its classes
 * too; most come from the cache of compiled policies, some are compiled. Arguments: activations (1000), of them compiled anew
 * (50), a round's activations (50), requests a second (100), milliseconds between activations (50).
 */
public final class SwapRun {

    private static final int CONNECTIONS = 8;
    private static final int TARGETS = 500;
    private static final int MACHINES = 1000;
    private static final int WARM_UP_SECONDS = 15;
    /** Versions that take turns; more than are held ready, so that each is loaded anew. */
    private static final int VERSIONS = 5;

    private final ServerFork server;
    private final ServerFork load;
    private final List<Long> quiet = new ArrayList<>();
    private final List<Long> swapping = new ArrayList<>();
    private final List<Long> compiling = new ArrayList<>();
    private final List<Double> loaded = new ArrayList<>();
    private final List<Double> compiled = new ArrayList<>();
    private final List<Double> activated = new ArrayList<>();
    private final List<String> memory = new ArrayList<>();
    private int failed;
    private int version;

    private SwapRun(ServerFork server, ServerFork load) {
        this.server = server;
        this.load = load;
    }

    public static void main(String[] args) throws Exception {
        int[] numbers = {1000, 50, 50, 100, 50};
        for (int i = 0; i < args.length; i++) {
            numbers[i] = Integer.parseInt(args[i]);
        }
        System.out.println(run(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], WARM_UP_SECONDS));
    }

    static String run(int activations, int compiledAnew, int round, int rate, int pause, double warmUp)
            throws IOException, InterruptedException {
        DatabaseAddress database = TestPostgres.freshDatabase();
        Path directory = Files.createTempDirectory("regrade-swap-run");
        World world = World.of(TARGETS, MACHINES, 11);
        try (ServerFork server = ServerFork.start(
                List.of(),
                SwapServer.class,
                List.of(directory.toString()),
                Map.of(
                        "REGRADE_DATABASE_URL", database.url(),
                        "REGRADE_DATABASE_USER", database.user(),
                        "REGRADE_DATABASE_PASSWORD", database.password()))) {
            ManyDecisions.putTargets(server.address(), world);
            Path bodies = directory.resolve("bodies");
            List<String> requests = new ArrayList<>();
            for (VmFacts vm : world.vms()) {
                requests.add(ManyDecisions.request(List.of(vm)));
            }
            Files.write(bodies, requests);
            try (ServerFork load = ServerFork.start(
                    List.of(),
                    PacedLoad.class,
                    List.of(
                            server.address().resolve("/v1/decisions").toString(),
                            bodies.toString(),
                            Integer.toString(CONNECTIONS),
                            Integer.toString(rate)),
                    Map.of())) {
                SwapRun run = new SwapRun(server, load);
                run.everything(activations, compiledAnew, round, pause, warmUp);
                return run.report(rate);
            }
        } finally {
            try (var files = Files.walk(directory)) {
                files.sorted(Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private void everything(int activations, int compiledAnew, int round, int pause, double warmUp)
            throws IOException, InterruptedException {
        for (int i = 0; i < VERSIONS; i++) {
            server.ask("new " + i);
        }
        List<Long> uncounted = new ArrayList<>();
        stretch(uncounted, () -> swap(Math.min(activations, 2 * VERSIONS), 0, new ArrayList<>()));
        stretch(uncounted, () -> Thread.sleep((long) (warmUp * 1000)));
        failed = 0;
        memory.add(server.ask("memory"));
        int done = 0;
        while (done < activations - compiledAnew) {
            int many = Math.min(round, activations - compiledAnew - done);
            long begun = System.nanoTime();
            stretch(swapping, () -> swap(many, pause, loaded));
            long took = (System.nanoTime() - begun) / 1_000_000;
            stretch(quiet, () -> Thread.sleep(took));
            done += many;
            memory.add(server.ask("memory"));
        }
        for (int i = 0; i < compiledAnew; i++) {
            int next = VERSIONS + i;
            stretch(compiling, () -> note(server.ask("new " + next), compiled));
        }
        memory.add(server.ask("memory"));
    }

    /** Something that takes a while. */
    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    private void swap(int many, int pause, List<Double> times) throws IOException, InterruptedException {
        for (int i = 0; i < many; i++) {
            note(server.ask("swap " + version++ % VERSIONS), times);
            Thread.sleep(pause);
        }
    }

    private void note(String answer, List<Double> times) {
        String[] words = answer.split(" ");
        times.add(Double.valueOf(words[0]));
        activated.add(Double.valueOf(words[1]));
    }

    private void stretch(List<Long> micros, Work work) throws IOException, InterruptedException {
        load.tell("go");
        work.run();
        String[] words = load.ask("stop").split(" ");
        failed += Integer.parseInt(words[0]);
        for (int i = 1; i < words.length; i++) {
            micros.add(Long.valueOf(words[i]));
        }
    }

    private static double percentile(List<Long> micros, double share) {
        List<Long> sorted = micros.stream().sorted().toList();
        return sorted.isEmpty()
                ? Double.NaN
                : sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size())) / 1e3;
    }

    private String report(int rate) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%d activations of loaded versions and %d of compiled ones at %d requests/s: %d of %d requests failed%n%n",
                loaded.size(),
                compiled.size(),
                rate,
                failed,
                quiet.size() + swapping.size() + compiling.size()));
        text.append(
                "| | requests | p50, ms | p99, ms | p99.9, ms | p99 ÷ p99 without |\n|---|---:|---:|---:|---:|---:|\n");
        row(text, "without", quiet);
        row(text, "while versions are loaded and activated", swapping);
        row(text, "while versions are compiled and activated", compiling);
        text.append(String.format(
                Locale.ROOT,
                "%nloading took %.0f ms, compiling %.0f ms, activating %.1f ms (medians)%n%n",
                median(loaded),
                median(compiled),
                median(activated)));
        text.append("| after activations | heap, MiB | metaspace, MiB | classes |\n|---:|---:|---:|---:|\n");
        for (int i = 0; i < memory.size(); i++) {
            String[] words = memory.get(i).split(" ");
            text.append("| ")
                    .append(
                            i == memory.size() - 1
                                    ? "all"
                                    : Integer.toString(i * loaded.size() / Math.max(1, memory.size() - 2)))
                    .append(" | ")
                    .append(String.join(" | ", words))
                    .append(" |\n");
        }
        return text.toString();
    }

    private static double median(List<Double> values) {
        return values.isEmpty() ? Double.NaN : Results.median(values);
    }

    private void row(StringBuilder text, String name, List<Long> micros) {
        text.append(String.format(
                Locale.ROOT,
                "| %s | %d | %.1f | %.1f | %.1f | %.2f |%n",
                name,
                micros.size(),
                percentile(micros, 0.5),
                percentile(micros, 0.99),
                percentile(micros, 0.999),
                percentile(micros, 0.99) / percentile(quiet, 0.99)));
    }
}
