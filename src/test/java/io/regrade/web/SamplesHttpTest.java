package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.web.Http.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Samples that are sent, and machines that are decided on them. */
class SamplesHttpTest {

    private static final String CSV = "text/csv";
    private static final String NDJSON = "application/x-ndjson";
    private static final int DAYS = 20;

    private static TestServer server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        http = server.http;
        for (JsonNode target : Samples.targets()) {
            http.put("/v1/targets/" + target.get("id").asText(), target.toString());
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectNode machine(String id) {
        ObjectNode vm = Samples.vm(id, 1, 1);
        vm.remove("usage_summary");
        return vm;
    }

    /** A sample each hour; a day's peak at noon. */
    private static String history(String vm, int days) {
        StringBuilder rows = new StringBuilder("timestamp,vm,cpu_vcpu,memory_gib\n");
        Instant from = TestServer.NOW.minus(Duration.ofDays(days));
        for (int hour = 0; hour < days * 24; hour++) {
            rows.append(from.plus(Duration.ofHours(hour)))
                    .append(',')
                    .append(vm)
                    .append(',');
            rows.append(0.3 + (hour % 24) * 0.04).append(",4.").append(hour % 7).append('\n');
        }
        return rows.toString();
    }

    private static String counts(Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().toString();
    }

    @Test
    void samplesDecide_asTheyWouldInTheRequest_andCountOnce() throws IOException {
        String rows = history("a", DAYS);
        http.put("/v1/vms/a", machine("a").toString());
        assertThat(decided("{\"vms\":[{\"id\":\"a\"}]}").get("action").asText()).isEqualTo("insufficient-data");

        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(rows.getBytes(UTF_8));
        }
        Reply sent = http.send(
                "POST",
                "/v1/samples",
                BodyPublishers.ofByteArray(packed.toByteArray()),
                "Content-Type",
                CSV,
                "Content-Encoding",
                "gzip");
        assertThat(counts(sent)).isEqualTo("{\"accepted\":960,\"duplicate\":0,\"late\":0,\"refused\":0}");
        assertThat(counts(http.post("/v1/samples", CSV, rows)))
                .isEqualTo("{\"accepted\":0,\"duplicate\":960,\"late\":0,\"refused\":0}");

        JsonNode held = decided("{\"vms\":[{\"id\":\"a\"}]}");
        ObjectNode given = machine("a");
        rows.lines()
                .skip(1)
                .map(row -> row.split(","))
                .forEach(cells -> given.withArray("usage")
                        .addObject()
                        .put("timestamp", cells[0])
                        .put("cpu_vcpu", Double.valueOf(cells[2]))
                        .put("memory_gib", Double.valueOf(cells[3])));
        JsonNode asked = decided(Samples.request(given).toString());
        assertThat(held.get("action").asText()).isEqualTo("reclassify");
        for (String same : List.of("action", "target", "needs", "risk", "rejected")) {
            assertThat(held.get(same)).as(same).isEqualTo(asked.get(same));
        }
    }

    @Test
    void aWindow_isMergedOfItsHours() {
        assertThat(counts(http.post("/v1/samples", CSV, history("w", DAYS)))).contains("\"accepted\":960");
        JsonNode all = http.get("/v1/vms/w/usage").json();
        assertThat(all.at("/usage").findValuesAsText("resource")).containsExactly("vcpu", "memory_gib");
        JsonNode cpu = http.get("/v1/vms/w/usage?measure=vcpu&from=2025-02-20T00:00:00Z&to=2025-02-22T00:00:00Z")
                .json()
                .at("/usage/0");
        assertThat(cpu.get("samples").asInt()).isEqualTo(48);
        assertThat(cpu.get("days")).hasSize(2);
        assertThat(cpu.get("days").get(1).get("day").asText()).isEqualTo("2025-02-21");
        assertThat(cpu.get("week")).hasSize(48);
        assertThat(cpu.get("week").get(0).get("hour").asInt()).isEqualTo(72); // a Thursday
        assertThat(cpu.get("max").asDouble()).isEqualTo(0.3 + 23 * 0.04);
        assertThat(http.get("/v1/vms/nobody/usage").status()).isEqualTo(404);
        assertThat(http.get("/v1/vms/w/usage?from=soon").status()).isEqualTo(400);
    }

    private static JsonNode decided(String request) {
        Reply reply = http.post("/v1/decisions", Http.JSON, request);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().at("/decisions/0");
    }

    @Test
    void aBadLine_isTold_andNothingIsTaken() {
        Reply csv = http.post(
                "/v1/samples",
                CSV,
                "vm,timestamp,cpu_vcpu\nb,2025-03-01T11:00:00Z,1\nb,yesterday,1\nb,2025-03-01T11:05:00Z,-1\n");
        assertThat(csv.status()).isEqualTo(400);
        assertThat(csv.json().at("/errors").findValuesAsText("line")).containsExactly("3", "4");
        Reply json = http.post(
                "/v1/samples",
                NDJSON,
                "{\"vm\":\"b\",\"timestamp\":\"2025-03-01T11:00:00Z\",\"cpu_vcpu\":1}\n\n"
                        + "{\"vm\":\"b\",\"timestamp\":\"2025-03-01T11:05:00Z\",\"cpu\":1}\n");
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.json().at("/errors/0/line").asInt()).isEqualTo(3);
        assertThat(json.json().at("/errors/0/pointer").asText()).isEqualTo("/cpu");
        assertThat(counts(http.post(
                        "/v1/samples",
                        NDJSON,
                        "{\"vm\":\"b\",\"timestamp\":\"2025-03-01T11:00:00Z\",\"cpu_vcpu\":1}\n"
                                + "{\"vm\":\"b\",\"timestamp\":\"2025-03-01T13:30:00Z\",\"cpu_vcpu\":1}\n"
                                + "{\"vm\":\"b\",\"timestamp\":\"2020-03-01T13:30:00Z\",\"cpu_vcpu\":1}\n")))
                .isEqualTo("{\"accepted\":1,\"duplicate\":0,\"late\":0,\"refused\":2}");
    }
}
