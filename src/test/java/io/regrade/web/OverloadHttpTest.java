package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.config.HttpConfig;
import io.regrade.web.Http.Reply;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OverloadHttpTest {

    private final AtomicReference<GatedDecisions> gate = new AtomicReference<>();

    private TestServer server(HttpConfig config) throws Exception {
        return new TestServer(
                config,
                decisions -> {
                    gate.set(new GatedDecisions(decisions));
                    return gate.get();
                },
                List.of());
    }

    private static CompletableFuture<Reply> decide(TestServer server, String id, int padding, String... headers) {
        String body = Samples.complete(Samples.vm(id, 1, 4).put("note", "x".repeat(padding)))
                .toString();
        String[] all = java.util.Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = Http.JSON;
        return server.http.sendAsync("POST", "/v1/decisions", BodyPublishers.ofString(body), all);
    }

    @Test
    void whenTheQueueIsFull_moreGet503_andWhatWaitsIsAnswered() throws Exception {
        try (TestServer server = server(new HttpConfig("127.0.0.1", 0, 1, 1, 1, 16, 10))) {
            CompletableFuture<Reply> working = decide(server, "working", 0);
            gate.get().arrived.acquire();
            CompletableFuture<Reply> waiting = decide(server, "waiting", 0);
            awaitMetric(server, "regrade_worker_queue 1.0");

            Reply refused = decide(server, "refused", 0).join();

            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.header("Retry-After")).isEqualTo("1");
            assertThat(refused.json().get("type").asText()).isEqualTo("urn:regrade:problem:busy");
            assertThat(server.http.get("/metrics").text()).contains("regrade_worker_rejected_total 1.0");
            // What needs no worker still answers.
            assertThat(server.http.get("/health/ready").status()).isEqualTo(200);
            assertThat(server.http.get("/v1/vms").status()).isEqualTo(200);
            gate.get().open.release(2);
            assertThat(working.join().json().at("/decisions/0/vm").asText()).isEqualTo("working");
            assertThat(waiting.join().json().at("/decisions/0/vm").asText()).isEqualTo("waiting");
            gate.get().open.release();
            assertThat(decide(server, "refused", 0).join().status()).isEqualTo(200);
        }
    }

    @Test
    void whenTheWaitingBodiesAreTooLarge_moreGet503() throws Exception {
        try (TestServer server = server(new HttpConfig("127.0.0.1", 0, 1, 1, 100, 1, 10))) {
            CompletableFuture<Reply> working = decide(server, "working", 600_000);
            gate.get().arrived.acquire();

            assertThat(decide(server, "refused", 600_000).join().status()).isEqualTo(503);
            gate.get().open.release(1);
            assertThat(working.join().status()).isEqualTo(200);
            gate.get().open.release(1);
            assertThat(decide(server, "later", 600_000).join().status()).isEqualTo(200);
        }
    }

    @Test
    void sameKeyTwiceAtOnce_isDoneOnce() throws Exception {
        try (TestServer server = server(new HttpConfig("127.0.0.1", 0, 1, 4, 10, 16, 10))) {
            CompletableFuture<Reply> first = decide(server, "a", 0, "Idempotency-Key", "k");
            gate.get().arrived.acquire();
            CompletableFuture<Reply> second = decide(server, "a", 0, "Idempotency-Key", "k");
            CompletableFuture<Reply> other = decide(server, "b", 0, "Idempotency-Key", "k");

            assertThat(other.join().status()).isEqualTo(422);
            gate.get().open.release(1);
            assertThat(second.join().json()).isEqualTo(first.join().json());
            assertThat(second.join().header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(gate.get().arrived.availablePermits()).isZero();
        }
    }

    @Test
    void close_letsWhatIsUnderWayComeToItsEnd_andTakesNothingMore() throws Exception {
        TestServer server = server(TestServer.CONFIG);
        CompletableFuture<Reply> working = decide(server, "working", 0);
        gate.get().arrived.acquire();

        CompletableFuture<Void> closed = CompletableFuture.runAsync(server.server::close);
        awaitRefusal(server);
        assertThat(closed).isNotDone();
        gate.get().open.release();

        assertThat(working.join().json().at("/decisions/0/vm").asText()).isEqualTo("working");
        closed.join();
        assertThat(server.kept
                        .byId(
                                working.join().json().at("/decisions/0/id").asText(),
                                io.regrade.decision.DecisionJson.Detail.NONE)
                        .toCompletableFuture()
                        .join())
                .isPresent();
        server.ledger.close();
    }

    @Test
    void aTakenPort_isSaidSo() throws Exception {
        try (TestServer server = server(TestServer.CONFIG)) {
            int port = server.server.address().getPort();
            Assertions.assertThatThrownBy(() -> server(TestServer.CONFIG.withPort(port)))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("cannot listen at `127.0.0.1:" + port + "`: ");
        }
    }

    private static void awaitMetric(TestServer server, String line) {
        while (!server.http.get("/metrics").text().contains(line)) {
            Thread.onSpinWait();
        }
    }

    /** Until no new connection is taken. */
    private static void awaitRefusal(TestServer server) throws IOException {
        int port = server.server.address().getPort();
        while (true) {
            try {
                new Socket(InetAddress.getLoopbackAddress(), port).close();
            } catch (ConnectException e) {
                return;
            }
        }
    }
}
