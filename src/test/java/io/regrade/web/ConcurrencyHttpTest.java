package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.web.Http.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ConcurrencyHttpTest {

    private static final int MACHINES = 60;
    private static final int ROUNDS = 20;

    @Test
    void requestsAtOnce_neverMix() throws Exception {
        try (TestServer server = new TestServer(
                new io.regrade.config.HttpConfig("127.0.0.1", 0, 1, 4, 10_000, 64, 10), d -> d, List.of())) {
            List<String> bodies = new ArrayList<>();
            List<JsonNode> alone = new ArrayList<>();
            for (int i = 0; i < MACHINES; i++) {
                // Each machine uses another amount, and is offered another target: nothing of two answers is equal.
                ObjectNode request = Samples.complete(Samples.vm("vm-" + i, 0.1 + i * 0.12, 1 + i * 0.5));
                request.withArray("/targets").add(Samples.target("own-" + i, 3 + i * 0.01, 12 + i * 0.1, 0.09));
                bodies.add(request.toString());
                alone.add(decide(server, request.toString()).join().json());
            }
            List<CompletableFuture<Reply>> together = new ArrayList<>();
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < MACHINES; i++) {
                    together.add(decide(server, bodies.get((i * 7 + round) % MACHINES)));
                }
            }
            for (int n = 0; n < together.size(); n++) {
                int machine = ((n % MACHINES) * 7 + n / MACHINES) % MACHINES;
                // The clock stands still: equal requests have equal answers, to the last digit and id.
                assertThat(together.get(n).join().json()).isEqualTo(alone.get(machine));
            }
            assertThat(alone.stream()
                            .map(one -> one.at("/decisions/0/action").asText())
                            .distinct()
                            .count())
                    .isGreaterThan(1);
        }
    }

    private static CompletableFuture<Reply> decide(TestServer server, String body) {
        return server.http.sendAsync(
                "POST", "/v1/decisions?explain=full", BodyPublishers.ofString(body), "Content-Type", Http.JSON);
    }
}
