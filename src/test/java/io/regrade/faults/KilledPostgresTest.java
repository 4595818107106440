package io.regrade.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.db.embedded.SharedPrograms;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The PostgreSQL of a running server is killed while many clients are at work. {@code -Dfaults.rounds=20} kills as often
 * as the reliability report tells.
 */
class KilledPostgresTest {

    private static final int CLIENTS = 8;

    @TempDir
    private Path data;

    @Test
    void aServerWhosePostgresIsKilled_startsItAgain_andLosesNothing() throws Exception {
        int rounds = Integer.getInteger("faults.rounds", 3);
        try (ForkedServer server = ForkedServer.start(SharedPrograms.in(data), Map.of());
                Load load = new Load()) {
            load.start(server, CLIENTS);
            for (int round = 1; round <= rounds; round++) {
                int restarts = round;
                load.awaitAcknowledged(20);
                assertThat(server.killPostgres()).isTrue();
                Load.await("the database was started again", () -> restarts(server) >= restarts);
                Load.await("the ready probe heals", () -> server.status("/health/ready") == 200);
            }
            load.refused.clear();
            Load.await("it is away for so long that decisions are refused", () -> {
                server.killPostgres();
                return !load.refused.isEmpty();
            });
            assertThat(server.status("/health/ready")).isEqualTo(503);
            Load.await("the ready probe heals", () -> server.status("/health/ready") == 200);
            load.awaitAcknowledged(20);
            load.stop();

            int stored = load.check(server);
            assertThat(load.refused).containsOnlyKeys("503 the ledger's database is away. Maybe ask again in 1 s");
            assertThat(restarts(server)).isGreaterThan(rounds);
            System.out.printf(
                    "PostgreSQL killed %d times: %d decisions acknowledged, %d stored, refused: %s%n",
                    rounds, load.acknowledged.size(), stored, load.refused);
        }
    }

    private static double restarts(ForkedServer server) {
        try {
            return Load.metric(server, "regrade_database_restarts_total");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
