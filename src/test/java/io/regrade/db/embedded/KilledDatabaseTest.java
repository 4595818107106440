package io.regrade.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.regrade.db.Database;
import io.regrade.db.DatabaseAddress;
import io.regrade.db.TestPostgres;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.fact.Action;
import io.regrade.ledger.DecisionsContract;
import io.regrade.ledger.LedgerUnavailableException;
import io.regrade.ledger.pg.Ledgers;
import io.regrade.ledger.pg.PgLedger;
import io.regrade.metrics.RegradeMeters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledDatabaseTest {

    @TempDir
    private Path directory;

    private static String id(int number) {
        return String.format("%032x", number);
    }

    private static boolean saved(PgLedger ledger, int number) {
        try {
            ledger.decisions()
                    .save(List.of(DecisionsContract.record(Integer.toHexString(number), "vm", Action.KEEP)))
                    .toCompletableFuture()
                    .join();
            return true;
        } catch (CompletionException e) {
            assertThat(e).hasCauseInstanceOf(LedgerUnavailableException.class);
            return false;
        }
    }

    @Test
    void whatWasAcknowledged_isThere_whenTheDatabaseWasKilledAndCameBack() throws Exception {
        EmbeddedPostgres server = EmbeddedPostgres.start(SharedPrograms.in(directory));
        AtomicReference<DatabaseAddress> address = new AtomicReference<>(server.address());
        Database.open(address.get(), 1).close();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        List<Integer> acknowledged = new ArrayList<>();
        try (PgLedger ledger = Ledgers.open(() -> TestPostgres.connect(address.get()), new RegradeMeters(registry))) {
            for (int number = 1; number <= 20; number++) {
                assertThat(saved(ledger, number)).isTrue();
                acknowledged.add(number);
            }
            server.close();
            assertThat(saved(ledger, 21)).isFalse();
            assertThat(ledger.problem()).contains("the ledger's database is away");
            assertThat(ledger.decisions().byId(id(1), Detail.NONE).toCompletableFuture())
                    .failsWithin(java.time.Duration.ofSeconds(10));

            server = EmbeddedPostgres.start(SharedPrograms.in(directory));
            address.set(server.address());
            assertThat(saved(ledger, 22)).as("it heals by itself").isTrue();
            acknowledged.add(22);
            for (int number : acknowledged) {
                assertThat(ledger.decisions()
                                .byId(id(number), Detail.NONE)
                                .toCompletableFuture()
                                .join())
                        .isPresent();
            }
            assertThat(registry.counter(RegradeMeters.DECISIONS_LOST).count()).isZero();
        } finally {
            server.close();
        }
    }

    @Test
    void aServerThatIsKilled_isStartedAgain_atTheSamePlaceWithTheSameData() throws Exception {
        AtomicInteger restarts = new AtomicInteger();
        try (EmbeddedPostgres server =
                EmbeddedPostgres.start(SharedPrograms.in(directory), restarts::incrementAndGet)) {
            DatabaseAddress address = server.address();
            TestPostgres.execute(address, "create table t (n int)");
            for (int round = 1; round <= 2; round++) {
                ProcessHandle killed = server.server();
                killed.destroyForcibly();
                killed.onExit().join();
                while (restarts.get() < round) {
                    Thread.sleep(20);
                }
                TestPostgres.execute(address, "insert into t values (" + round + ")");
                assertThat(server.server().pid()).isNotEqualTo(killed.pid());
            }
            assertThat(server.address()).isEqualTo(address);
        }
        assertThat(restarts).hasValue(2);
    }

    @Test
    void dataAndPassword_stay_andNobodyElseReadsThem() throws Exception {
        DatabaseAddress first;
        try (EmbeddedPostgres server = EmbeddedPostgres.start(SharedPrograms.in(directory))) {
            first = server.address();
            TestPostgres.execute(first, "create table t (n int)");
            try (var connection = TestPostgres.connect(first);
                    var statement = connection.createStatement();
                    var row = statement.executeQuery(
                            "select current_setting('fsync'), current_setting('data_checksums')")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("on");
                assertThat(row.getString(2)).isEqualTo("on");
            }
            assertThat(PosixFilePermissions.toString(
                            Files.getPosixFilePermissions(directory.resolve("postgres.password"))))
                    .isEqualTo("rw-------");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("postgres"))))
                    .isEqualTo("rwx------");
        }
        try (EmbeddedPostgres server = EmbeddedPostgres.start(SharedPrograms.in(directory))) {
            assertThat(server.address().password()).isEqualTo(first.password());
            TestPostgres.execute(server.address(), "insert into t values (1)");
        }
    }
}
