package io.regrade.bench;

import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.fact.VmFacts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Decisions a second over HTTP: recorded in the ledger, only decided, and merely echoed by a plain Vert.x server that reads
 * the same bodies and answers as many bytes; in turns, each server and the load in a process of its own. Prints their
 * ratios, and what takes a decision's processor time. Arguments: rounds (3), seconds of each measurement (4), connections
 * (1,4,16,64), machines a request (1,20).
 */
public final class HttpLedgerRun {

    private static final int TARGETS = 2000;
    private static final int MACHINES = 2000;
    private static final int BODIES = 600;
    private static final int WARM_UP_SECONDS = 20;

    /** What is compared. */
    enum Way {
        ECHO,
        DECIDED,
        RECORDED
    }

    /**
     * One measurement.
     *
     * @param decisions a second
     * @param server processor time of the server for a decision, µs
     * @param database processor time of the database for a decision, µs
     * @param engine the engine's time on the clock for a decision, µs
     * @param group decisions that share a commit
     */
    private record Measured(double decisions, double server, double database, double engine, double group) {}

    /** What a server has counted so far. */
    private record Counted(double serverCpu, double databaseCpu, double engine, double commits, long log) {}

    private record Load(int machines, int connections) {}

    private final ServerFork echo;
    private final ServerFork regrade;
    private final ServerFork load;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Path directory;
    private final Map<Load, Map<Way, List<Measured>>> measured = new LinkedHashMap<>();

    private HttpLedgerRun(ServerFork echo, ServerFork regrade, ServerFork load, Path directory) {
        this.echo = echo;
        this.regrade = regrade;
        this.load = load;
        this.directory = directory;
    }

    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 3;
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 4;
        List<Integer> connections = numbers(args.length > 2 ? args[2] : "1,4,16,64");
        List<Integer> machines = numbers(args.length > 3 ? args[3] : "1,20");
        System.out.println(run(rounds, seconds, WARM_UP_SECONDS, connections, machines));
    }

    private static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String one : list.split(",")) {
            numbers.add(Integer.valueOf(one));
        }
        return numbers;
    }

    /** Measures everything, and reports. */
    static String run(int rounds, double seconds, double warmUp, List<Integer> connections, List<Integer> machines)
            throws IOException, InterruptedException {
        DatabaseAddress database = TestPostgres.freshDatabase();
        Path directory = Files.createTempDirectory("regrade-http-run");
        World world = World.of(TARGETS, MACHINES, 11);
        try (ServerFork echo = ServerFork.start(List.of(), EchoServer.class, List.of(), Map.of());
                ServerFork regrade = ServerFork.regrade(directory, database, List.of());
                ServerFork load = ServerFork.start(List.of(), HttpLoad.class, List.of(), Map.of())) {
            HttpLedgerRun run = new HttpLedgerRun(echo, regrade, load, directory);
            ManyDecisions.putTargets(regrade.address(), world);
            for (int size : machines) {
                run.writeBodies(world, size);
                run.warmUp(size, connections.get(connections.size() - 1), warmUp);
                for (int round = 0; round < rounds; round++) {
                    for (int many : connections) {
                        for (Way way : Way.values()) {
                            run.measure(new Load(size, many), way, seconds);
                        }
                    }
                }
            }
            return run.report();
        } finally {
            try (var files = Files.walk(directory)) {
                files.sorted(java.util.Comparator.reverseOrder())
                        .forEach(file -> file.toFile().delete());
            }
        }
    }

    private Path bodies(int machines) {
        return directory.resolve("bodies-" + machines);
    }

    /** Each body has machines of its own, so that no two decisions are the same one. */
    private void writeBodies(World world, int machines) throws IOException {
        List<String> bodies = new ArrayList<>();
        int next = 0;
        for (int body = 0; body < BODIES; body++) {
            List<VmFacts> asked = new ArrayList<>();
            for (int i = 0; i < machines; i++) {
                asked.add(world.vms().get(next++ % world.vms().size()));
            }
            String request = ManyDecisions.request(asked);
            bodies.add(request.replace("{\"id\":\"vm-", "{\"id\":\"vm-" + body + "-"));
        }
        Files.write(bodies(machines), bodies);
    }

    private void warmUp(int machines, int connections, double seconds) throws IOException, InterruptedException {
        for (Way way : Way.values()) {
            load(way, machines, connections, seconds, 1000);
        }
    }

    private long[] load(Way way, int machines, int connections, double seconds, int answer) throws IOException {
        URI uri = switch (way) {
            case ECHO -> echo.address().resolve("/v1/decisions");
            case DECIDED -> regrade.address().resolve("/v1/decisions?record=false");
            case RECORDED -> regrade.address().resolve("/v1/decisions");
        };
        String said = load.ask(uri + " " + bodies(machines) + " " + connections + " " + seconds + " " + answer);
        String[] words = said.split(" ");
        return new long[] {
            Long.parseLong(words[0]), Math.round(Double.parseDouble(words[1]) * 1e9), Long.parseLong(words[2])
        };
    }

    private int answerBytes = 1000;

    private void measure(Load what, Way way, double seconds) throws IOException, InterruptedException {
        Counted before = counted(way);
        long[] done = load(way, what.machines(), what.connections(), seconds, answerBytes);
        Counted after = counted(way);
        double decisions = (double) done[0] * what.machines();
        long leaves = after.log() - before.log();
        if (way == Way.RECORDED && leaves != (long) decisions) {
            throw new IllegalStateException(decisions + " decisions were answered, " + leaves + " are in the log");
        }
        if (way == Way.DECIDED) {
            answerBytes = (int) (done[2] / Math.max(1, done[0]));
        }
        measured.computeIfAbsent(what, key -> new LinkedHashMap<>())
                .computeIfAbsent(way, key -> new ArrayList<>())
                .add(new Measured(
                        decisions / (done[1] / 1e9),
                        1e6 * (after.serverCpu() - before.serverCpu()) / decisions,
                        1e6 * (after.databaseCpu() - before.databaseCpu()) / decisions,
                        1e6 * (after.engine() - before.engine()) / decisions,
                        decisions / Math.max(1, after.commits() - before.commits())));
    }

    private Counted counted(Way way) throws IOException, InterruptedException {
        if (way == Way.ECHO) {
            return new Counted(echo.cpuSeconds(), 0, 0, 0, 0);
        }
        double engine = 0;
        double commits = 0;
        for (String line : get("/metrics").split("\n")) {
            double value = line.startsWith("#") ? 0 : Double.parseDouble(line.substring(line.lastIndexOf(' ')));
            engine += line.startsWith("regrade_phase_seconds_sum") ? value : 0;
            commits += line.startsWith("regrade_ledger_commit_seconds_count") ? value : 0;
        }
        double database = ProcessHandle.current()
                .descendants()
                .filter(child -> child.info().command().orElse("").endsWith("/postgres"))
                .mapToDouble(child ->
                        child.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9)
                .sum();
        long log = Long.parseLong(get("/v1/audit/checkpoint").split("\n")[1]);
        return new Counted(regrade.cpuSeconds(), database, engine, commits, log);
    }

    private String get(String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(regrade.address().resolve(path)).build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
    }

    private String report() {
        StringBuilder text = new StringBuilder("""

                | machines a request | connections | echo, decisions/s | decided | recorded | recorded ÷ echo | recorded ÷ decided | a commit |
                |---:|---:|---:|---:|---:|---:|---:|---:|
                """);
        measured.forEach((what, ways) -> text.append(String.format(
                Locale.ROOT,
                "| %d | %d | %,.0f | %,.0f | %,.0f | %.0f %% | %.0f %% | %.1f |%n",
                what.machines(),
                what.connections(),
                median(ways, Way.ECHO, Measured::decisions),
                median(ways, Way.DECIDED, Measured::decisions),
                median(ways, Way.RECORDED, Measured::decisions),
                100 * ratio(ways, Way.ECHO),
                100 * ratio(ways, Way.DECIDED),
                median(ways, Way.RECORDED, Measured::group))));
        text.append("""

                | µs of processor a decision | connections | echo | server, decided | server, recorded | database | engine, on the clock |
                |---|---:|---:|---:|---:|---:|---:|
                """);
        measured.forEach((what, ways) -> text.append(String.format(
                Locale.ROOT,
                "| %d a request | %d | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
                what.machines(),
                what.connections(),
                median(ways, Way.ECHO, Measured::server),
                median(ways, Way.DECIDED, Measured::server),
                median(ways, Way.RECORDED, Measured::server),
                median(ways, Way.RECORDED, Measured::database),
                median(ways, Way.DECIDED, Measured::engine))));
        return text.toString();
    }

    /** The median of recorded ÷ another way, each of the same round. */
    private static double ratio(Map<Way, List<Measured>> ways, Way by) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ways.get(by).size(); i++) {
            ratios.add(ways.get(Way.RECORDED).get(i).decisions()
                    / ways.get(by).get(i).decisions());
        }
        return Results.median(ratios);
    }

    private static double median(Map<Way, List<Measured>> ways, Way way, ToDoubleFunction<Measured> what) {
        return Results.median(ways.get(way).stream().map(what::applyAsDouble).toList());
    }
}
