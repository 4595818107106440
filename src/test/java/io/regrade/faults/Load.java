package io.regrade.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.audit.LogSource;
import io.regrade.audit.LogVerifier;
import io.regrade.audit.Verification;
import io.regrade.tlog.VerifierKey;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Clients that ask a server for one decision after another, and remember what they were told. */
final class Load implements AutoCloseable {

    static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String MACHINE = """
            {"vms":[{"id":"%s","vcpu":4,"memory_gib":16,"price_usd_hour":0.2,"usage_summary":[
            {"resource":"vcpu","unit":"vCPU","window_days":30,"samples":8640,"mean":0.5,"p50":0.4,"p95":0.9,"p99":1.1,
            "max":1.5}]}],
            "targets":[{"id":"small","vcpu":2,"memory_gib":8,"price_usd_hour":0.1,"arch":"x86_64"}]}
            """;

    /** The ids of the decisions that were answered. */
    final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    /** What was said instead, by how often: a status and the problem's detail. */
    final Map<String, Integer> refused = new ConcurrentHashMap<>();

    private final AtomicInteger machines = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean stopping;

    /** Sets this many clients to work, until {@link #stop()}. */
    void start(ForkedServer server, int count) {
        stopping = false;
        for (int i = 0; i < count; i++) {
            Thread client = new Thread(() -> ask(server), "client-" + i);
            client.start();
            clients.add(client);
        }
    }

    /** Tells the clients to end after their next answer, and does not wait. */
    void halt() {
        stopping = true;
    }

    /** Waits until this many more were acknowledged. */
    void awaitAcknowledged(int more) throws InterruptedException {
        int before = acknowledged.size();
        await(more + " more acknowledged; refused so far: " + refused, () -> acknowledged.size() >= before + more);
    }

    /** Waits, two minutes at most, until something holds. */
    static void await(String what, Check check) throws InterruptedException {
        for (int i = 0; i < 6000; i++) {
            if (check.holds()) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError("it did not come to this: " + what);
    }

    /** Something that comes to hold. */
    @FunctionalInterface
    interface Check {
        boolean holds() throws InterruptedException;
    }

    /** Ends the clients' work. */
    void stop() throws InterruptedException {
        halt();
        for (Thread client : clients) {
            client.join();
        }
        clients.clear();
    }

    @Override
    public void close() throws InterruptedException {
        stop();
    }

    private void ask(ForkedServer server) {
        while (!stopping) {
            try {
                HttpResponse<String> answer =
                        server.post("/v1/decisions", MACHINE.formatted("vm-" + machines.incrementAndGet()));
                JsonNode body = MAPPER.readTree(answer.body());
                if (answer.statusCode() == 200) {
                    acknowledged.add(body.at("/decisions/0/id").asText());
                } else {
                    refused.merge(
                            answer.statusCode() + " " + body.path("detail").asText(), 1, Integer::sum);
                }
            } catch (IOException e) {
                // the server was killed: this one was not acknowledged
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /**
     * Holds a server against what the clients were told: every acknowledged decision is there, none twice, the log has a
     * leaf for each and nothing else but the policy's activation and what was refused, it verifies, and nothing counts as lost.
     *
     * @return how many decisions are stored
     */
    int check(ForkedServer server) throws Exception {
        Set<String> stored = stored(server);
        assertThat(stored).containsAll(acknowledged);
        assertThat(new TreeSet<>(acknowledged)).as("no answer twice").hasSize(acknowledged.size());
        Verification found = verify(server);
        assertThat(found.defects()).isEmpty();
        assertThat(found.verified()).isTrue();
        Map<String, Long> leaves = new TreeMap<>(found.leaves());
        // What was refused while the ledger was away is told in leaves of its own, each for many requests.
        Long refusals = leaves.remove("refusal");
        if (refused.isEmpty()) {
            assertThat(refusals).isNull();
        }
        assertThat(leaves).isEqualTo(new TreeMap<>(Map.of("activation", 1L, "decision", (long) stored.size())));
        assertThat(metric(server, "regrade_decisions_lost_total")).isZero();
        for (String id : acknowledged.stream().limit(5).toList()) {
            assertThat(server.get("/v1/decisions/" + id + "/receipt").statusCode())
                    .isEqualTo(200);
        }
        return stored.size();
    }

    static Verification verify(ForkedServer server) throws Exception {
        String key = server.get("/v1/audit/key").body().strip();
        return new LogVerifier(LogSource.at(server.address + "/v1/audit"), VerifierKey.parse(key))
                .verify((done, total) -> {});
    }

    /** The value of a metric without labels. */
    static double metric(ForkedServer server, String name) throws Exception {
        return server.get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no metric " + name));
    }

    private static Set<String> stored(ForkedServer server) throws Exception {
        Set<String> ids = new TreeSet<>();
        int seen = 0;
        String cursor = "";
        do {
            HttpResponse<String> answer = server.get("/v1/decisions?limit=500" + cursor);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            JsonNode page = MAPPER.readTree(answer.body());
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
