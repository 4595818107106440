package io.regrade.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Dfaults.rounds=50} kills as often as the reliability report tells. */
class KilledServerTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int CLIENTS = 4;
    private static final String MACHINE = """
            {"vms":[{"id":"%s","vcpu":4,"memory_gib":16,"price_usd_hour":0.2,"usage_summary":[
            {"resource":"vcpu","unit":"vCPU","window_days":30,"samples":8640,"mean":0.5,"p50":0.4,"p95":0.9,"p99":1.1,
            "max":1.5}]}],
            "targets":[{"id":"small","vcpu":2,"memory_gib":8,"price_usd_hour":0.1,"arch":"x86_64"}]}
            """;

    @TempDir
    private Path data;

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicInteger machines = new AtomicInteger();

    @Test
    void noAcknowledgedDecision_isLost_howeverOftenTheServerIsKilled() throws Exception {
        int rounds = Integer.getInteger("faults.rounds", 3);
        for (int round = 0; round < rounds; round++) {
            ForkedServer server = ForkedServer.start(data, Map.of());
            AtomicBoolean killed = new AtomicBoolean();
            List<Thread> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Thread client = new Thread(() -> load(server, killed));
                client.start();
                clients.add(client);
            }
            int before = acknowledged.size();
            while (acknowledged.size() < before + 20) {
                Thread.sleep(10);
            }
            Thread.sleep(ThreadLocalRandom.current().nextInt(300));
            killed.set(true);
            server.kill();
            for (Thread client : clients) {
                client.join();
            }
        }
        try (ForkedServer server = ForkedServer.start(data, Map.of())) {
            Set<String> stored = stored(server);
            assertThat(stored).containsAll(acknowledged);
            String[] checkpoint = server.get("/v1/audit/checkpoint").body().split("\n");
            // The first leaf is the activation of the policy.
            assertThat(Long.parseLong(checkpoint[1])).isEqualTo(stored.size() + 1L);
            for (String id : acknowledged.stream().limit(5).toList()) {
                assertThat(server.get("/v1/decisions/" + id + "/receipt").statusCode())
                        .isEqualTo(200);
            }
            System.out.printf(
                    "killed %d times: %d decisions acknowledged, %d stored%n",
                    rounds, acknowledged.size(), stored.size());
        }
    }

    private void load(ForkedServer server, AtomicBoolean killed) {
        while (!killed.get()) {
            try {
                HttpResponse<String> answer =
                        server.post("/v1/decisions", MACHINE.formatted("vm-" + machines.incrementAndGet()));
                if (answer.statusCode() == 200) {
                    acknowledged.add(
                            MAPPER.readTree(answer.body()).at("/decisions/0/id").asText());
                }
            } catch (IOException e) {
                // the server was killed: this one was not acknowledged
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private static Set<String> stored(ForkedServer server) throws Exception {
        Set<String> ids = new TreeSet<>();
        int seen = 0;
        String cursor = "";
        do {
            JsonNode page = MAPPER.readTree(
                    server.get("/v1/decisions?limit=500" + cursor).body());
            for (JsonNode decision : page.get("decisions")) {
                ids.add(decision.get("id").asText());
                seen++;
            }
            cursor = page.has("next") ? "&cursor=" + page.get("next").asText() : "";
        } while (!cursor.isEmpty());
        assertThat(ids).as("no decision twice").hasSize(seen);
        return ids;
    }
}
