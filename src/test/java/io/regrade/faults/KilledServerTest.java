package io.regrade.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.db.embedded.SharedPrograms;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dfaults.rounds=50} kills as often as the reliability report tells. */
class KilledServerTest {

    private static final int CLIENTS = 4;

    @TempDir
    private Path data;

    @Test
    void noAcknowledgedDecision_isLost_howeverOftenTheServerIsKilled() throws Exception {
        int rounds = Integer.getInteger("faults.rounds", 3);
        Load load = new Load();
        for (int round = 0; round < rounds; round++) {
            ForkedServer server = ForkedServer.start(SharedPrograms.in(data), Map.of());
            load.start(server, CLIENTS);
            load.awaitAcknowledged(20);
            Thread.sleep(ThreadLocalRandom.current().nextInt(300));
            load.halt();
            ProcessHandle postgres = server.postgres().orElseThrow();
            server.kill();
            load.stop();
            if (round == rounds - 1) {
                Load.await("the PostgreSQL of a killed server ends by itself", () -> !postgres.isAlive());
            }
        }
        try (ForkedServer server = ForkedServer.start(SharedPrograms.in(data), Map.of())) {
            int stored = load.check(server);
            assertThat(load.refused).isEmpty();
            System.out.printf(
                    "killed %d times: %d decisions acknowledged, %d stored%n",
                    rounds, load.acknowledged.size(), stored);
        }
    }
}
