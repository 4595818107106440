package io.regrade.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.catalog.Catalog;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.pg.Ledgers;
import io.regrade.ledger.pg.PgLedger;
import io.regrade.metrics.RegradeMeters;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.Decided;
import io.regrade.pipeline.EvaluateFleet;
import io.regrade.pipeline.ReadyPolicy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A fleet that is decided without and with a ledger, in turns, in one run; prints the ratio of their speeds and what a
 * decision takes in the database. Arguments: machines or a fleet directory (100000), rounds (3).
 */
public final class LedgerRun {

    /** So many machines are decided in both ways before anything is measured. */
    private static final int WARM_UP = 20_000;

    private static final int CHUNK = 2000;
    private static final int AHEAD = 4;

    private LedgerRun() {}

    public static void main(String[] args) throws Exception {
        String what = args.length > 0 ? args[0] : "100000";
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        World world =
                Files.isDirectory(Path.of(what)) ? read(Path.of(what)) : World.of(2000, Integer.parseInt(what), 9);
        int vms = world.vms().size();
        try (ReadyPolicy policy = ReadyPolicy.load(Competitors.STANDARD, new DroolsCompiler())) {
            DecideVm decide = new DecideVm(policy, Catalog.of(world.targets()), world.pricing());
            World some = new World(
                    world.targets(), world.vms().subList(0, Math.min(vms, WARM_UP)), world.pricing(), world.time());
            without(decide, some);
            try (PgLedger ledger =
                    Ledgers.open(TestPostgres.freshDatabase(), new RegradeMeters(new SimpleMeterRegistry()))) {
                with(decide, some, ledger);
            }
            for (int round = 0; round < rounds; round++) {
                Cpu begun = Cpu.now();
                double plain = without(decide, world);
                Cpu alone = Cpu.now().since(begun);
                DatabaseAddress address = TestPostgres.freshDatabase();
                double kept;
                try (PgLedger ledger = Ledgers.open(address, new RegradeMeters(new SimpleMeterRegistry()))) {
                    begun = Cpu.now();
                    kept = with(decide, world, ledger);
                }
                Cpu together = Cpu.now().since(begun);
                System.out.printf(
                        "%d machines: %.0f a second without a ledger, %.0f with one: %.0f %%%n",
                        vms, vms / plain, vms / kept, 100 * plain / kept);
                System.out.printf(
                        "processor time of a decision, microseconds: %.0f without, %.0f with, and %.0f in the"
                                + " database: %.0f %%%n",
                        alone.server() * 1e6 / vms,
                        together.server() * 1e6 / vms,
                        together.database() * 1e6 / vms,
                        100 * alone.server() / (together.server() + together.database()));
                if (round == rounds - 1) {
                    sizes(address);
                }
            }
        }
    }

    /**
     * Processor time so far, seconds: on a machine that is busy with other things, too, it tells more than the clock.
     *
     * @param server of this process
     * @param database of the processes it has started
     */
    private record Cpu(double server, double database) {

        static Cpu now() {
            long mine = ProcessHandle.current()
                    .info()
                    .totalCpuDuration()
                    .orElse(Duration.ZERO)
                    .toNanos();
            long others = ProcessHandle.current()
                    .descendants()
                    .mapToLong(one ->
                            one.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                    .sum();
            return new Cpu(mine / 1e9, others / 1e9);
        }

        Cpu since(Cpu before) {
            return new Cpu(server - before.server, database - before.database);
        }
    }

    private static World read(Path directory) {
        Fleet fleet = new FleetReader().read(directory);
        return new World(fleet.targets(), fleet.vms(), fleet.pricing(), World.TIME);
    }

    private static double without(DecideVm decide, World world) throws InterruptedException {
        long begun = System.nanoTime();
        for (int from = 0; from < world.vms().size(); from += CHUNK) {
            List<VmFacts> chunk =
                    world.vms().subList(from, Math.min(from + CHUNK, world.vms().size()));
            EvaluateFleet.evaluate(facts -> decide.decided(facts, world.time()), chunk, 2, done -> {});
        }
        return (System.nanoTime() - begun) / 1e9;
    }

    private static double with(DecideVm decide, World world, PgLedger ledger) throws InterruptedException {
        Asker asker = new Asker("evaluation", null, null);
        Deque<CompletableFuture<Void>> ahead = new ArrayDeque<>();
        long begun = System.nanoTime();
        for (int from = 0; from < world.vms().size(); from += CHUNK) {
            List<VmFacts> chunk =
                    world.vms().subList(from, Math.min(from + CHUNK, world.vms().size()));
            List<CompletableFuture<Void>> saved = EvaluateFleet.evaluate(
                    facts -> {
                        Decided decided = decide.decided(facts, world.time());
                        return ledger.decisions()
                                .save(List.of(new DecisionRecord(
                                        decided.decision(), decided.facts(), decide.provenance(), asker, null, true)))
                                .toCompletableFuture();
                    },
                    chunk,
                    2,
                    done -> {});
            ahead.add(CompletableFuture.allOf(saved.toArray(CompletableFuture[]::new)));
            if (ahead.size() > AHEAD) {
                ahead.remove().join();
            }
        }
        ahead.forEach(CompletableFuture::join);
        return (System.nanoTime() - begun) / 1e9;
    }

    private static void sizes(DatabaseAddress address) throws SQLException {
        try (Connection connection = TestPostgres.connect(address);
                Statement statement = connection.createStatement()) {
            for (String sql : List.of(
                    "select 'median bytes of a decision row, trace included',"
                            + " percentile_cont(0.5) within group (order by pg_column_size(d.*)) from decision d",
                    "select 'median bytes of a log entry', percentile_cont(0.5) within group (order by"
                            + " pg_column_size(e.*)) from log_entry e",
                    "select 'median bytes of facts', percentile_cont(0.5) within group (order by"
                            + " pg_column_size(f.*)) from facts f",
                    "select relname, pg_total_relation_size(oid) from pg_class where relkind in ('r', 'i') and"
                            + " pg_relation_size(oid) > 1000000 order by 2 desc limit 20")) {
                try (ResultSet row = statement.executeQuery(sql)) {
                    while (row.next()) {
                        System.out.printf("%s: %.0f%n", row.getString(1), row.getDouble(2));
                    }
                }
            }
        }
    }
}
