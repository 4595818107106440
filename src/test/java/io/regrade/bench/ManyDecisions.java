package io.regrade.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.InventoryWriter;
import io.regrade.ledger.pg.Ledgers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A table of many decisions, of a year: machines that a server really decided, again in each of many evaluations of the
 * whole fleet. Bodies, targets, rules and savings are those of the real decisions; ids, moments, places in the log,
 * evaluations and, from one two months to the next, the policy's digest differ.
 */
final class ManyDecisions {

    /** The first month. */
    static final LocalDate FIRST = LocalDate.of(2025, 1, 1);

    /** How many months there are. */
    static final int MONTHS = 12;

    private static final int REQUEST = 100;
    /** So many decisions teach the dictionary that the others are compressed with. */
    private static final int TAUGHT = 300;
    /** What differs between the decisions of one machine. */
    private static final Set<String> OWN = Set.of("decided_at", "seq", "id", "policy", "evaluation", "recorded_at");

    private ManyDecisions() {}

    /** Has a server decide machines, and makes so many decisions of theirs. */
    static void fill(URI server, DatabaseAddress database, World world, long rows)
            throws IOException, InterruptedException, SQLException {
        decide(server, world);
        try (Connection connection = TestPostgres.connect(database);
                Statement statement = connection.createStatement()) {
            statement.execute("create temporary table sample as select row_number() over () - 1 as k, d.* from"
                    + " (select distinct on (vm) * from decision where dictionary > 0 order by vm, seq) d");
            statement.execute("delete from decision");
            statement.execute("insert into term (kind, text) select 2, 'sha256:' || encode(sha256(n::text::bytea),"
                    + " 'hex') from generate_series(1, 5) n on conflict do nothing");
            long machines = number(statement, "select count(*) from sample");
            long evaluations = Math.max(MONTHS, rows / machines);
            List<String> columns = columns(statement);
            List<String> indexes = withoutIndexes(statement);
            statement.execute("set maintenance_work_mem = '512MB'");
            for (int month = 0; month < MONTHS; month++) {
                LocalDate begin = FIRST.plusMonths(month);
                Ledgers.month(connection, begin);
                long from = evaluations * month / MONTHS;
                long until = evaluations * (month + 1) / MONTHS;
                statement.execute(insert(columns, begin, from, until, machines, month / 2));
            }
            for (String index : indexes) {
                statement.execute(index);
            }
            statement.execute("vacuum analyze decision");
        }
    }

    private static String insert(
            List<String> columns, LocalDate begin, long from, long until, long machines, int policy) {
        String at =
                "timestamptz '%s 00:00:00+00' + (e - %d) * ((timestamptz '%s 00:00:00+00' - timestamptz '%s 00:00:00+00') / %d)"
                        .formatted(begin, from, begin.plusMonths(1), begin, until - from);
        String policies = policy == MONTHS / 2 - 1
                ? "s.policy"
                : "(select id from term where kind = 2 and text = 'sha256:' || encode(sha256('%d'), 'hex'))"
                        .formatted(policy + 1);
        List<String> values = new ArrayList<>();
        for (String column : columns) {
            values.add(
                    switch (column) {
                        case "decided_at", "recorded_at" -> at;
                        case "seq" -> "e * %d + s.k".formatted(machines);
                        case "id" -> "gen_random_uuid()";
                        case "policy" -> policies;
                        case "evaluation" -> "md5(e::text)::uuid";
                        default -> "s." + column;
                    });
        }
        return "insert into decision (" + String.join(", ", columns) + ") select " + String.join(", ", values)
                + " from generate_series(%d, %d) e cross join lateral (select * from sample order by k) s"
                        .formatted(from, until - 1);
    }

    /** Drops the indexes that are in the way of so many rows; returns what makes them again. */
    private static List<String> withoutIndexes(Statement statement) throws SQLException {
        List<String> names = new ArrayList<>();
        List<String> made = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("select indexrelid::regclass::text, pg_get_indexdef(indexrelid)"
                + " from pg_index where indrelid = 'decision'::regclass and not indisunique")) {
            while (row.next()) {
                names.add(row.getString(1));
                made.add(row.getString(2).replace(" ON ONLY ", " ON "));
            }
        }
        statement.execute("drop index " + String.join(", ", names));
        return made;
    }

    private static List<String> columns(Statement statement) throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet row = statement.executeQuery("select attname from pg_attribute where attrelid ="
                + " 'decision'::regclass and attnum > 0 and not attisdropped order by attnum")) {
            while (row.next()) {
                columns.add(row.getString(1));
            }
        }
        if (!columns.containsAll(OWN)) {
            throw new IllegalStateException("the decisions' columns are " + columns);
        }
        return columns;
    }

    private static long number(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    /** Has a server hold the targets of a world. */
    static void putTargets(URI server, World world) throws IOException, InterruptedException {
        StringBuilder targets = new StringBuilder();
        world.targets()
                .forEach(target -> targets.append(InventoryWriter.json(target)).append('\n'));
        send(client(), server.resolve("/v1/targets"), "application/x-ndjson", targets.toString());
    }

    private static void decide(URI server, World world) throws IOException, InterruptedException {
        putTargets(server, world);
        HttpClient client = client();
        send(client, server, world.vms().subList(0, Math.min(TAUGHT, world.vms().size())));
        for (int from = 0; from < world.vms().size(); from += REQUEST) {
            send(
                    client,
                    server,
                    world.vms()
                            .subList(from, Math.min(from + REQUEST, world.vms().size())));
        }
    }

    private static void send(HttpClient client, URI server, List<VmFacts> machines)
            throws IOException, InterruptedException {
        send(client, server.resolve("/v1/decisions"), "application/json", request(machines));
    }

    /** The body of a request to decide machines. */
    static String request(List<VmFacts> machines) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode vms = body.putArray("vms");
        machines.forEach(facts -> vms.add(InventoryWriter.json(facts)));
        return body.toString();
    }

    private static void send(HttpClient client, URI uri, String type, String body)
            throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(
                HttpRequest.newBuilder(uri)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(body, UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(uri + " answers " + answer.statusCode() + ": " + answer.body());
        }
    }
}
