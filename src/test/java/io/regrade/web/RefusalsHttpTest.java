package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.audit.LogSource;
import io.regrade.audit.LogVerifier;
import io.regrade.audit.Verification;
import io.regrade.config.HttpConfig;
import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.EntryBundle;
import io.regrade.tlog.Note;
import io.regrade.tlog.VerifierKey;
import io.regrade.web.Http.Reply;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests for decisions that got none are in the log, and nobody can flood it with them. */
@Timeout(60)
class RefusalsHttpTest {

    private static List<String> entries(TestServer server) {
        long size = Checkpoint.parse(
                        Note.parse(server.http.get("/v1/audit/checkpoint").text())
                                .text())
                .size();
        if (size == 0) {
            return List.of();
        }
        Reply reply = server.http.get("/v1/audit/tile/entries/000.p/" + size);
        return EntryBundle.parse(reply.response().body()).stream()
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .toList();
    }

    private static Verification verified(TestServer server) {
        VerifierKey key =
                VerifierKey.parse(server.http.get("/v1/audit/key").text().strip());
        return new LogVerifier(LogSource.at(server.server.address() + "/v1/audit"), key).verify((done, total) -> {});
    }

    /** What no client of Java's sends. */
    private static String raw(TestServer server, String requestLine) throws IOException {
        try (Socket socket = new Socket(
                server.server.address().getHost(), server.server.address().getPort())) {
            String request = requestLine + "\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
                    + "Connection: close\r\n\r\n{}";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void awaitRefused(TestServer server, long count) throws InterruptedException {
        while (verified(server).refused() < count) {
            Thread.sleep(50); // the test's timeout bounds it
        }
        assertThat(verified(server).refused()).isEqualTo(count);
        assertThat(verified(server).verified()).isTrue();
    }

    @Test
    void aRequestThatIsWrong_isALeafBeforeItIsAnswered_whichTellsOnlyWhere() throws Exception {
        try (TestServer server = new TestServer()) {
            String secret =
                    "{\"vms\":[{\"id\":\"s3cret\",\"vcpu\":-1,\"s3cret-field\":1,\"tags\":{\"s3cret-tag\":[]}}]}";
            assertThat(server.http.post("/v1/decisions", Http.JSON, secret).status())
                    .isEqualTo(400);
            assertThat(entries(server)).hasSize(1);
            assertThat(entries(server).get(0))
                    .contains(
                            "\"type\":\"refusal\"", "\"reason\":\"invalid-request at ", "/vms/0/vcpu", "/vms/0/tags/…")
                    .doesNotContain("s3cret", "count");
            server.http.post("/v1/decisions?policy=&s3cret=1", Http.JSON, "{}");
            assertThat(entries(server).get(1))
                    .contains("parameter policy", "parameter …")
                    .doesNotContain("s3cret");
            server.http.post("/v1/decisions", Http.JSON, "{\"s3cret");
            server.http.post("/v1/decisions", "text/s3cret", "{}");
            assertThat(raw(server, "POST /v1/decisions?explain=%ZZ HTTP/1.1")).startsWith("HTTP/1.1 400");
            server.http.post("/v1/decisions", Http.JSON, "x".repeat(2 << 20));
            server.http.post("/v1/evaluations", Http.JSON, "{\"policy\":\"s3cret\"}");
            server.http.post("/v1/evaluations", Http.JSON, "[]");
            assertThat(String.join("\n", entries(server))).doesNotContain("s3cret");
            awaitRefused(server, 8);
            assertThat(verified(server).leaves()).containsEntry("refusal", 8L).hasSize(1);
        }
    }

    @Test
    void whatLeavesNothingBehind_andOtherRequests_areNoLeaves() throws Exception {
        try (TestServer server = new TestServer()) {
            server.http.post("/v1/decisions?record=false", Http.JSON, "{}");
            server.http.get("/v1/decisions?limit=0");
            server.http.put("/v1/vms/a", "{}");
            server.http.get("/nothing");

            Thread.sleep(1500); // longer than counts wait
            assertThat(entries(server)).isEmpty();
        }
    }

    @Test
    void aFlood_becomesAFewLeaves_withEveryRequestCounted() throws Exception {
        int requests = 600;
        try (TestServer server = new TestServer()) {
            List<CompletableFuture<Reply>> sent = new ArrayList<>();
            for (int i = 0; i < requests; i++) {
                sent.add(server.http.sendAsync(
                        "POST", "/v1/decisions", BodyPublishers.ofString("{}"), "Content-Type", "text/nonsense"));
            }
            for (CompletableFuture<Reply> one : sent) {
                assertThat(one.join().status()).isEqualTo(415);
            }
            awaitRefused(server, requests);
            Verification log = verified(server);
            assertThat(log.size()).isLessThan(requests / 2);
            assertThat(entries(server))
                    .anySatisfy(leaf -> assertThat(leaf)
                            .contains("\"count\":", "\"from\":", "\"until\":", " unsupported-media-type\""));
        }
    }

    @Test
    void whatWasTooMuch_isCounted() throws Exception {
        AtomicReference<GatedDecisions> gate = new AtomicReference<>();
        HttpConfig narrow = new HttpConfig("127.0.0.1", 0, 1, 1, 1, 16, 10);
        try (TestServer server = new TestServer(
                narrow,
                decisions -> {
                    gate.set(new GatedDecisions(decisions));
                    return gate.get();
                },
                List.of())) {
            List<CompletableFuture<Reply>> sent = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String body = Samples.complete(Samples.vm("vm-" + i, 1, 4)).toString();
                sent.add(server.http.sendAsync(
                        "POST", "/v1/decisions", BodyPublishers.ofString(body), "Content-Type", Http.JSON));
                if (i == 0) {
                    gate.get().arrived.acquire();
                }
            }
            awaitRefused(server, 10); // one is worked on, one waits
            assertThat(entries(server))
                    .anySatisfy(leaf -> assertThat(leaf).contains(" busy\"", "\"type\":\"refusal\""));
            gate.get().open.release(2);
            assertThat(sent.stream().map(one -> one.join().status())).containsOnly(200, 503);
        }
    }
}
