package io.regrade.ledger.pg;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.decision.CanonicalJson;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Advised;
import io.regrade.ledger.Asker;
import io.regrade.ledger.Change;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Expectation;
import io.regrade.metrics.RegradeMeters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** What is erased is nowhere any more, whatever packing has learnt of it before. */
class LearntNothingOfAnyoneTest {

    /** What names a machine in a row that tells that it was decided about and erased. */
    private static final Set<String> NAMING =
            Set.of("advised.vm", "decision.vm", "erasure.vm", "inventory_vm.id", "recommendation.vm");

    private static final List<String> SECRETS =
            List.of("vm-secret", "Secret Project", "jane.doe@example.com", "ward 7");

    private final DatabaseAddress address = TestPostgres.freshDatabase();

    private PgLedger open() {
        return Ledgers.open(address, new RegradeMeters(new SimpleMeterRegistry()));
    }

    private static <T> T join(CompletionStage<T> stage) {
        return stage.toCompletableFuture().join();
    }

    private static String secret(int machine) {
        return "vm-secret-" + machine;
    }

    /** Four machines of one owner, decided so often that anyone would learn them by heart, among others. */
    private static void fill(PgLedger ledger) {
        for (int day = 0; day < 12; day++) {
            List<DecisionRecord> records = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Vm vm = Advised.vm(
                        secret(i),
                        "Secret Project " + i,
                        "jane.doe@example.com",
                        Map.of("unit", "ward 7", "x", "" + i));
                records.add(Advised.move(vm, "c" + day % 2 + ".large", day));
            }
            for (int i = 0; i < 8; i++) {
                Vm vm = Advised.vm("vm-" + (100 + i), "Other", "john", Map.of("unit", "kitchen"));
                records.add(Advised.move(vm, "c" + day % 2 + ".large", day));
            }
            join(ledger.decisions().save(records));
        }
    }

    private static void hold(PgLedger ledger) {
        for (int time = 0; time < 12; time++) {
            List<VmFacts> facts = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Vm vm = Advised.vm(
                        secret(i), "Secret Project " + time, "jane.doe@example.com", Map.of("unit", "ward 7"));
                facts.add(new VmFacts(vm, List.of(), List.of(), null, List.of()));
            }
            join(ledger.inventory().apply(new Change.PutVms(facts), Expectation.NONE));
        }
    }

    /** All texts and bytes of all tables that hold a secret, raw or unpacked, as {@code table.column}. */
    private Set<String> found() throws SQLException {
        Set<String> found = new TreeSet<>();
        Bodies bodies = new Bodies(new Dictionaries());
        try (Connection connection = TestPostgres.connect(address);
                Statement tables = connection.createStatement();
                ResultSet table = tables.executeQuery("select relname from pg_class where relkind = 'r' and"
                        + " relnamespace = 'public'::regnamespace and relname not like 'flyway%'")) {
            while (table.next()) {
                String name = table.getString(1);
                try (Statement all = connection.createStatement();
                        ResultSet row = all.executeQuery("select * from " + name)) {
                    while (row.next()) {
                        look(connection, bodies, name.replaceFirst("_\\d{4}_\\d\\d$", ""), row, found);
                    }
                }
            }
        }
        return found;
    }

    private static void look(Connection connection, Bodies bodies, String table, ResultSet row, Set<String> found)
            throws SQLException {
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
            String column = row.getMetaData().getColumnName(i);
            Object value = row.getObject(i);
            List<byte[]> readings = new ArrayList<>();
            if (value instanceof byte[] bytes) {
                readings.add(bytes);
                if (column.equals("body") && (table.equals("decision") || table.equals("facts"))) {
                    readings.add(unpacked(connection, bodies, table, row));
                } else if (table.equals("content") && column.equals("body")) {
                    readings.add(Bodies.plain(bytes));
                }
            } else if (value != null) {
                readings.add(String.valueOf(value).getBytes(UTF_8));
            }
            for (byte[] reading : readings) {
                String text = new String(reading, ISO_8859_1);
                if (SECRETS.stream().anyMatch(text::contains)) {
                    found.add(table + "." + column);
                }
            }
        }
    }

    private static byte[] unpacked(Connection connection, Bodies bodies, String table, ResultSet row)
            throws SQLException {
        List<byte[]> context = table.equals("facts")
                ? List.of()
                : new RowKey(
                                row.getObject("id", java.util.UUID.class),
                                row.getString("vm"),
                                row.getTimestamp("decided_at").toInstant(),
                                row.getBytes("facts"),
                                new Terms().text(connection, row.getInt("policy")))
                        .context();
        return bodies.plain(connection, new Bodies.Body(row.getInt("dictionary"), row.getBytes("body")), context);
    }

    private int count(String sql) throws SQLException {
        try (Connection connection = TestPostgres.connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*)::int from " + sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Waits until there are so many: what is learnt is learnt beside what is recorded. */
    private void await(String sql, int least) throws SQLException, InterruptedException {
        long patience = System.nanoTime() + 60_000_000_000L;
        while (count(sql) < least && System.nanoTime() < patience) {
            Thread.sleep(20);
        }
        assertThat(count(sql)).isGreaterThanOrEqualTo(least);
    }

    @Test
    void erased_nothingIsLeftAnywhere_butThatItWas() throws Exception {
        try (PgLedger ledger = open()) {
            fill(ledger);
            hold(ledger);
            fill(ledger); // learns what the inventory gave
            await("dictionary", 2);
            assertThat(found()).contains("decision.body", "decision.owner", "facts.body", "recommendation.owner");

            for (int i = 0; i < 4; i++) {
                join(ledger.inventory().apply(new Change.RemoveVm(secret(i)), Expectation.NONE));
                join(ledger.decisions().erase(secret(i), new Asker("http", "joe", null), "she asked"));
            }

            assertThat(found()).isSubsetOf(NAMING);
        }
    }

    @Test
    void whatWasLearntBefore_isLearntAnew_andGoes() throws Exception {
        Map<String, String> before = new TreeMap<>();
        try (PgLedger ledger = open()) {
            fill(ledger);
            hold(ledger);
            join(ledger.decisions().save(List.of(Advised.keep("vm-last", 40))));
            before.putAll(facts(ledger));
        }
        assertThat(count("dictionary where purpose <> 'entry'")).isEqualTo(2);
        assertThat(count("decision where dictionary > 0")).isGreaterThan(140);
        TestPostgres.execute(address, "update dictionary set outdated = true where purpose <> 'entry'");

        try (PgLedger ledger = open()) {
            await("(select 1 where not exists (select from dictionary where outdated)) none", 1);
            assertThat(count("dictionary where purpose like 'decision %'")).isEqualTo(1);
            assertThat(count("decision where dictionary > 0")).isGreaterThan(140);
            assertThat(count("decision where dictionary not in (select id from dictionary union select 0)"))
                    .isZero();
            assertThat(facts(ledger)).isEqualTo(before);
        }
    }

    /** What is known of every decision, as its evidence says. */
    private Map<String, String> facts(PgLedger ledger) throws SQLException {
        Map<String, String> facts = new TreeMap<>();
        try (Connection connection = TestPostgres.connect(address);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select id from decision")) {
            while (row.next()) {
                String id = Encoder.id(row.getObject(1, java.util.UUID.class));
                Evidence evidence = join(ledger.decisions().evidence(id)).orElseThrow();
                facts.put(id + " facts", new String(evidence.facts(), UTF_8));
                facts.put(id, new String(CanonicalJson.bytes(evidence.decision()), UTF_8));
            }
        }
        return facts;
    }
}
