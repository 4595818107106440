package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.web.Http.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every way in which a request can fail, each with its problem document. */
class ErrorsHttpTest {

    private static final String DECISIONS = "/v1/decisions";
    private static TestServer server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        http = server.http;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode problem(Reply reply, int status, String slug) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        JsonNode problem = reply.json();
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("type").asText()).isEqualTo("urn:regrade:problem:" + slug);
        assertThat(problem.get("instance").asText()).startsWith("urn:uuid:");
        return problem;
    }

    private static List<String> errors(JsonNode problem, String field) {
        return problem.get("errors").findValuesAsText(field);
    }

    /** JSON in which half a character is written so that it arrives. */
    private static String escaped(ObjectNode json) {
        return json.toString().replace("\uD800", "\\uD800");
    }

    @Test
    void textsWithCharactersThatCannotBeStored_are400WithTheirPlace() {
        for (String text : List.of("web\u0000", "we\u0007b", "web\uD800")) {
            ObjectNode id = Samples.complete(Samples.vm(text + "1", 1, 4));
            assertThat(errors(problem(http.post(DECISIONS, Http.JSON, escaped(id)), 400, "invalid-request"), "pointer"))
                    .containsExactly("/vms/0/id");
            ObjectNode owner = Samples.complete(Samples.vm("a", 1, 4).put("owner", text + "1"));
            assertThat(errors(
                            problem(http.post(DECISIONS, Http.JSON, escaped(owner)), 400, "invalid-request"),
                            "pointer"))
                    .containsExactly("/vms/0/owner");
            ObjectNode target = Samples.complete(Samples.vm("a", 1, 4));
            ((ObjectNode) target.at("/targets/0")).put("id", text + "1");
            assertThat(errors(
                            problem(http.post(DECISIONS, Http.JSON, escaped(target)), 400, "invalid-request"),
                            "pointer"))
                    .containsExactly("/targets/0/id");
            ObjectNode tags = Samples.complete(Samples.vm("a", 1, 4));
            ((ObjectNode) tags.at("/vms/0"))
                    .putObject("tags")
                    .put("env", text + "1")
                    .put("b\u00002", "x");
            JsonNode both = problem(http.post(DECISIONS, Http.JSON, escaped(tags)), 400, "invalid-request");
            assertThat(errors(both, "pointer")).contains("/vms/0/tags", "/vms/0/tags/env");
            ObjectNode reason = Samples.vm("a", 1, 4).removeAll();
            assertThat(errors(
                            problem(
                                    http.post(
                                            "/v1/vms/a/erasure", Http.JSON, escaped(reason.put("reason", text + "1"))),
                                    400,
                                    "invalid-request"),
                            "pointer"))
                    .containsExactly("/reason");
        }
        assertThat(problem(
                                http.put(
                                        "/v1/vms/we%00b",
                                        Samples.vm("we\u0000b", 1, 4).toString()),
                                400,
                                "invalid-request")
                        .toString())
                .contains("has the control character U+0000 at position 3");
        assertThat(errors(problem(http.get(DECISIONS + "?vm=we%00b"), 400, "invalid-request"), "parameter"))
                .containsExactly("vm");
        String csv = "id,cloud,region,type,arch,vcpu,memory_gib,storage_gib,network_gbps,disk_mbps,disk_iops,gpu,os,"
                + "burstable,price_usd_hour\ngood,,,,,2,8,,,,,,,,0.1\nb\u0000d,,,,,2,8,,,,,,,,0.1\n";
        JsonNode lines = problem(http.post("/v1/targets", "text/csv", csv), 400, "invalid-request");
        assertThat(lines.at("/errors/0/line").asInt()).isEqualTo(3);
        assertThat(http.get("/v1/targets/good").status())
                .as("nothing of it was taken")
                .isEqualTo(404);
        String ndjson = "{\"id\":\"good\",\"vcpu\":2}\n{\"id\":\"b\\u0000d\",\"vcpu\":2}\n";
        assertThat(problem(http.post("/v1/targets", "application/x-ndjson", ndjson), 400, "invalid-request")
                        .at("/errors/0/line")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void unknownPath_is404() {
        problem(http.get("/v1/nothing"), 404, "not-found");
        problem(http.get("/v2"), 404, "not-found");
        problem(http.get("/docs/../pom.xml"), 404, "not-found");
        problem(http.get("/docs/swagger-ui.js.map"), 404, "not-found");
    }

    @Test
    void wrongMethod_is405AndSaysWhichThereAre() {
        Reply reply = http.delete(DECISIONS);
        problem(reply, 405, "method-not-allowed");
        assertThat(reply.header("Allow")).isEqualTo("POST, GET, HEAD");
        assertThat(http.send("PATCH", "/v1/vms/a", BodyPublishers.noBody()).header("Allow"))
                .isEqualTo("GET, HEAD, PUT, DELETE");
        problem(
                http.send("OPTIONS", DECISIONS, BodyPublishers.noBody(), "Origin", "http://elsewhere"),
                405,
                "method-not-allowed");
    }

    @Test
    void otherAccept_is406() {
        Reply reply = http.get("/v1/policies", "Accept", "text/html, application/json;q=0");
        assertThat(problem(reply, 406, "not-acceptable").get("detail").asText())
                .isEqualTo("the answer comes as `application/json`. Maybe leave `Accept` out");
        assertThat(http.get("/v1/policies", "Accept", "application/*").status()).isEqualTo(200);
    }

    @Test
    void otherContentType_is415() {
        JsonNode problem = problem(http.post(DECISIONS, "text/plain", "{\"vms\":[]}"), 415, "unsupported-media-type");
        assertThat(problem.get("detail").asText())
                .isEqualTo("`Content-Type` is `text/plain`. Maybe `application/json`, in UTF-8");
        problem(http.send("POST", DECISIONS, BodyPublishers.ofString("{}")), 415, "unsupported-media-type");
        problem(http.post(DECISIONS, "application/json; charset=iso-8859-1", "{}"), 415, "unsupported-media-type");
        problem(http.post("/v1/vms", Http.JSON, "{}"), 415, "unsupported-media-type");
        Reply encoded = http.post(DECISIONS, Http.JSON, "{}", "Content-Encoding", "br");
        problem(encoded, 415, "unsupported-media-type");
        assertThat(encoded.header("Accept-Encoding")).isEqualTo("gzip, identity");
    }

    @Test
    void malformedJson_is400WithItsLine() {
        JsonNode problem = problem(
                http.post(DECISIONS, Http.JSON, "{\n  \"vms\": [\n    {\"id\": }\n  ]\n}"), 400, "invalid-request");
        assertThat(problem.at("/errors/0/line").asInt()).isEqualTo(3);
        assertThat(problem.at("/errors/0/message").asText()).startsWith("this is not JSON that can be read: ");
        for (String body :
                List.of("", "nul", "{\"vms\":[]} x", "{\"vms\":[],\"vms\":[]}", "{\"vms\":[{\"id\":NaN}]}")) {
            problem(http.post(DECISIONS, Http.JSON, body), 400, "invalid-request");
        }
        problem(
                http.send(
                        "POST",
                        DECISIONS,
                        BodyPublishers.ofByteArray(new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}),
                        "Content-Type",
                        Http.JSON),
                400,
                "invalid-request");
    }

    @Test
    void deepJson_is400() {
        String deep = "{\"vms\":" + "[".repeat(50_000) + "]".repeat(50_000) + "}";
        assertThat(problem(http.post(DECISIONS, Http.JSON, deep), 400, "invalid-request")
                        .at("/errors/0/message")
                        .asText())
                .contains("nested deeper than 32 levels");
        String number = "{\"vms\":[{\"id\":\"a\",\"vcpu\":" + "9".repeat(100_000) + "}]}";
        problem(http.post(DECISIONS, Http.JSON, number), 400, "invalid-request");
    }

    @Test
    void wrongFields_areAllReportedByPointer() {
        ObjectNode bad = Samples.vm("a", 1, 4);
        bad.put("vcpu", -1);
        bad.put("memory_gib", "32");
        bad.put("memory_gb", 32);
        bad.put("os", "");
        bad.withArray("/usage_summary").addObject().put("resource", "cpus");
        ObjectNode twice = Samples.vm("a", 1, 4);
        ObjectNode body = Samples.complete(bad, twice, Samples.JSON.objectNode().put("name", "no id"));
        body.put("extra", true);
        body.withArray("/targets").addObject().put("id", "t").put("vcpu", 0).put("available", 1.5);

        JsonNode problem = problem(http.post(DECISIONS, Http.JSON, body.toString()), 400, "invalid-request");

        assertThat(errors(problem, "pointer"))
                .contains(
                        "/vms/0/vcpu",
                        "/vms/0/memory_gib",
                        "/vms/0/memory_gb",
                        "/vms/0/usage_summary/2/resource",
                        "/vms/0/usage_summary/2/mean",
                        "/vms/1/id",
                        "/vms/2/id",
                        "/extra",
                        "/targets/4/vcpu",
                        "/targets/4/available");
        assertThat(errors(problem, "message"))
                .contains(
                        "`vcpu` is `-1`, which is negative",
                        "`memory_gib` is a text, not a number. Maybe `32` without quotes",
                        "`a` is already in `/vms/0`");
    }

    @Test
    void whatOnlyTheContractForbids_is400() {
        JsonNode none = problem(http.post(DECISIONS, Http.JSON, "{\"vms\":[]}"), 400, "invalid-request");
        assertThat(none.at("/errors/0/pointer").asText()).isEqualTo("/vms");
        JsonNode number = problem(http.post(DECISIONS, Http.JSON, "{\"vms\":[{\"id\":7}]}"), 400, "invalid-request");
        assertThat(number.at("/errors/0/message").asText()).isEqualTo("`id` is `7`, not a text");
        problem(http.post(DECISIONS, Http.JSON, "[]"), 400, "invalid-request");
        StringBuilder many = new StringBuilder("{\"vms\":[{\"id\":\"0\"}");
        for (int i = 1; i < 1001; i++) {
            many.append(",{\"id\":\"").append(i).append("\"}");
        }
        assertThat(problem(http.post(DECISIONS, Http.JSON, many + "]}"), 400, "invalid-request")
                        .at("/errors/0/message")
                        .asText())
                .isEqualTo("`vms` has 1001 entries, the most are 1000");
    }

    @Test
    void wrongParameters_areAllReported() {
        JsonNode problem = problem(
                http.get(DECISIONS + "?limit=0&action=kep&explain=full&cursor=&lmit=3&vm=a&vm=b"),
                400,
                "invalid-request");
        assertThat(errors(problem, "parameter"))
                .containsExactlyInAnyOrder("limit", "action", "explain", "cursor", "lmit", "vm");
        assertThat(errors(problem, "message"))
                .contains("`action` is `kep`. Maybe `keep`", "`lmit` is not known here. Maybe `limit`");
        JsonNode cursor = problem(http.get(DECISIONS + "?cursor=made-up"), 400, "invalid-request");
        assertThat(cursor.at("/errors/0/parameter").asText()).isEqualTo("cursor");
        problem(http.get("/v1/vms?cursor=ZDE"), 400, "invalid-request"); // a cursor of another list
        problem(http.post(DECISIONS + "?record=maybe", Http.JSON, "{}"), 400, "invalid-request");
        problem(http.get("/v1/policies?x=%zz".replace("%zz", "%25")), 400, "invalid-request");
        problem(http.get("/v1/vms/" + "x".repeat(600)), 400, "invalid-request");
    }

    @Test
    void bodyOverTheLimit_is413_alsoWhenChunkedOrCompressed() throws IOException {
        byte[] large = ("{\"vms\":[{\"id\":\"" + "x".repeat(2 << 20) + "\"}]}").getBytes(UTF_8);
        JsonNode problem = problem(
                http.send("POST", DECISIONS, BodyPublishers.ofByteArray(large), "Content-Type", Http.JSON),
                413,
                "body-too-large");
        assertThat(problem.get("detail").asText()).contains("1048576 bytes");
        problem(
                http.send(
                        "POST",
                        DECISIONS,
                        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(large)),
                        "Content-Type",
                        Http.JSON),
                413,
                "body-too-large");
        problem(
                http.send(
                        "POST",
                        DECISIONS,
                        BodyPublishers.ofByteArray(gzip(new byte[64 << 20])),
                        "Content-Type",
                        Http.JSON,
                        "Content-Encoding",
                        "gzip"),
                413,
                "body-too-large");
        assertThat(http.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void gzip_isRead_andWhatIsNoGzipIs400() throws IOException {
        byte[] body = Samples.complete(Samples.vm("a", 1, 4)).toString().getBytes(UTF_8);
        Reply reply = http.send(
                "POST",
                DECISIONS,
                BodyPublishers.ofByteArray(gzip(body)),
                "Content-Type",
                Http.JSON,
                "Content-Encoding",
                "gzip");
        assertThat(reply.json().at("/decisions/0/action").asText()).isEqualTo("reclassify");
        problem(
                http.send(
                        "POST",
                        DECISIONS,
                        BodyPublishers.ofByteArray(body),
                        "Content-Type",
                        Http.JSON,
                        "Content-Encoding",
                        "gzip"),
                400,
                "invalid-request");
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Test
    void aFailureInside_is500AndSaysNothingOfItsCause() throws IOException {
        try (TestServer broken = new TestServer(TestServer.CONFIG, Broken::new, List.of())) {
            Reply reply = broken.http.post(
                    DECISIONS,
                    Http.JSON,
                    Samples.complete(Samples.vm("a", 1, 4)).toString());
            problem(reply, 500, "internal-error");
            assertThat(reply.text()).doesNotContain("secret").doesNotContain("Exception");
            problem(broken.http.get(DECISIONS), 500, "internal-error");
        }
    }

    private static final class Broken implements Decisions {
        private final Decisions real;

        Broken(Decisions real) {
            this.real = real;
        }

        @Override
        public CompletionStage<Void> save(List<DecisionRecord> records) {
            throw new IllegalStateException("secret: the password is …");
        }

        @Override
        public CompletionStage<java.util.Optional<ObjectNode>> byId(
                String id, io.regrade.decision.DecisionJson.Detail detail) {
            return real.byId(id, detail);
        }

        @Override
        public CompletionStage<java.util.Optional<io.regrade.ledger.Evidence>> evidence(String id) {
            return real.evidence(id);
        }

        @Override
        public CompletionStage<java.util.Optional<Integer>> erase(
                String vm, io.regrade.ledger.Asker by, String reason) {
            return real.erase(vm, by, reason);
        }

        @Override
        public CompletionStage<Long> dropped(java.time.Instant from, java.time.Instant until) {
            return real.dropped(from, until);
        }

        @Override
        public CompletionStage<io.regrade.ledger.Page<ObjectNode>> list(Query query) {
            return java.util.concurrent.CompletableFuture.failedFuture(new Error("secret"));
        }
    }

    @Test
    void whatIsNoHttp_isAnsweredWithAProblemToo() throws IOException {
        assertThat(raw("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.0 414 ");
        assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(100_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ")
                .contains("application/problem+json");
        assertThat(raw("GET /v1/policies?x=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .contains("application/problem+json");
        assertThat(raw("POST /v1/decisions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 99999999999\r\n\r\n{"))
                .startsWith("HTTP/1.1 413 ");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), server.server.address().getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(request.getBytes(UTF_8));
            out.flush();
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
