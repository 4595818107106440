package io.regrade.bench;

import io.regrade.decision.DecisionJson.Detail;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.pg.Ledgers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Lists of decisions over HTTP, each kind of filter and their combinations, first pages and pages deep in the list, in
 * turns with a request that does nothing. Prints the times of each kind, and the plan of the slowest. Arguments: how
 * many decisions (500000,5000000), how many questions of each kind (40), a directory that what is made is kept in
 * (target/bench-queries).
 */
public final class QueryRun {

    private static final int MACHINES = 10_000;
    private static final int WARM_UP = 12;
    private static final int LIMIT = 50;
    private static final List<String> FORMATS = List.of("application/json", "application/x-ndjson", "text/csv");
    private static final String NOTHING = "nothing: /health/live";
    private static final double NANOS_MILLI = 1e6;

    private final QueryWorld world;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final SplittableRandom random = new SplittableRandom(5);
    private final Map<String, List<Double>> millis = new LinkedHashMap<>();
    private final Map<String, Asked> slowest = new LinkedHashMap<>();

    private record Asked(Question question, @Nullable String cursor, double millis) {}

    private QueryRun(QueryWorld world) {
        this.world = world;
    }

    public static void main(String[] args) throws Exception {
        String sizes = args.length > 0 ? args[0] : "500000,5000000";
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 40;
        Path directory =
                Path.of(args.length > 2 ? args[2] : "target/bench-queries").toAbsolutePath();
        for (String rows : sizes.split(",")) {
            try (QueryWorld world = QueryWorld.open(directory, Long.parseLong(rows), MACHINES)) {
                System.out.println(run(world, Long.parseLong(rows), rounds));
            }
        }
    }

    /** Asks all there is to ask of so many decisions, and reports. */
    static String run(QueryWorld world, long rows, int rounds) throws IOException, InterruptedException, SQLException {
        try (Connection connection = world.connect()) {
            QueryRun run = new QueryRun(world);
            Questions questions = Questions.of(connection, 3);
            for (int round = -WARM_UP; round < rounds; round++) {
                run.round(questions, round);
            }
            return run.report(connection, rows);
        }
    }

    private void round(Questions questions, int round) throws IOException, InterruptedException {
        String format = FORMATS.get(Math.floorMod(round, FORMATS.size()));
        ask(round, NOTHING, null, "/health/live", "application/json", null);
        for (String kind : questions.kinds()) {
            Question question = questions.next(kind);
            ask(round, kind, question, question.uri(), format, null);
            String cursor = Ledgers.cursor(
                    ManyDecisions.FIRST
                            .plusDays(random.nextInt(365))
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant(),
                    1);
            ask(
                    round,
                    kind + ", deep",
                    question,
                    question.with("cursor", cursor).uri(),
                    format,
                    cursor);
        }
    }

    private void ask(
            int round, String kind, @Nullable Question question, String uri, String format, @Nullable String cursor)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(world.server().resolve(URI.create(uri)))
                .header("Accept", format)
                .build();
        long begun = System.nanoTime();
        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
        double took = (System.nanoTime() - begun) / NANOS_MILLI;
        if (answer.statusCode() != 200) {
            throw new IOException(
                    uri + " answers " + answer.statusCode() + ": " + new String(answer.body(), StandardCharsets.UTF_8));
        }
        if (round >= 0) {
            millis.computeIfAbsent(kind, key -> new ArrayList<>()).add(took);
            Asked before = slowest.get(kind);
            if (question != null && (before == null || before.millis() < took)) {
                slowest.put(kind, new Asked(question, cursor, took));
            }
        }
    }

    private String report(Connection connection, long rows) throws SQLException {
        StringBuilder text = new StringBuilder();
        double nothing = quantile(millis.get(NOTHING), 0.5);
        text.append(String.format(
                Locale.ROOT,
                "%n%,d decisions, pages of %d, milliseconds over HTTP; the plan is that of the slowest question%n%n"
                        + "| list | p50 | p95 | max | p50 ÷ nothing | plan |%n|---|---:|---:|---:|---:|---|%n",
                rows,
                LIMIT));
        for (Map.Entry<String, List<Double>> kind : millis.entrySet()) {
            Asked asked = slowest.get(kind.getKey());
            String plan = asked == null ? "" : plan(connection, asked);
            text.append(String.format(
                    Locale.ROOT,
                    "| %s | %.1f | %.1f | %.1f | %.1f | %s |%n",
                    kind.getKey(),
                    quantile(kind.getValue(), 0.5),
                    quantile(kind.getValue(), 0.95),
                    quantile(kind.getValue(), 1),
                    quantile(kind.getValue(), 0.5) / nothing,
                    plan));
        }
        List<Double> all = new ArrayList<>();
        millis.forEach((kind, times) -> {
            if (!kind.equals(NOTHING)) {
                all.addAll(times);
            }
        });
        text.append(String.format(
                Locale.ROOT,
                "%nAll %,d questions: p50 %.1f, p95 %.1f, max %.1f%n",
                all.size(),
                quantile(all, 0.5),
                quantile(all, 0.95),
                quantile(all, 1)));
        return text.toString();
    }

    private static String plan(Connection connection, Asked asked) throws SQLException {
        return QueryPlan.shortened(Ledgers.plan(
                connection, new Decisions.Query(asked.question().filter(), asked.cursor(), LIMIT, Detail.NONE)));
    }

    /** The value that so great a share of the values does not exceed. */
    static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(share * sorted.size())));
    }
}
