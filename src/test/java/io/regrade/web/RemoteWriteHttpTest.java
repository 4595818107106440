package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.airlift.compress.snappy.SnappyCompressor;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.intake.telemetry.RemoteWriteBody;
import io.regrade.web.Http.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Prometheus' protocol as a sender speaks it. */
class RemoteWriteHttpTest {

    private static final String SECOND = "application/x-protobuf;proto=io.prometheus.write.v2.Request";
    private static final long NOW = TestServer.NOW.toEpochMilli();

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Reply write(byte[] body, String type) {
        SnappyCompressor snappy = new SnappyCompressor();
        byte[] packed = new byte[snappy.maxCompressedLength(body.length)];
        int size = snappy.compress(body, 0, body.length, packed, 0, packed.length);
        return server.http.send(
                "POST",
                "/v1/write",
                BodyPublishers.ofByteArray(Arrays.copyOf(packed, size)),
                "Content-Type",
                type,
                "Content-Encoding",
                "snappy");
    }

    /** What a node_exporter tells of a machine with two processors, a quarter of one used, and 2 of 8 GiB. */
    private static RemoteWriteBody scrapes(String instance, int from, int to) {
        RemoteWriteBody body = new RemoteWriteBody();
        for (int i = from; i < to; i++) {
            long at = NOW - 600_000 + i * 15_000L;
            for (String cpu : List.of("0", "1")) {
                body.add(at, 100 + i * 1.5, "node_cpu_seconds_total", "cpu", cpu, "instance", instance, "mode", "user");
                body.add(at, 900 + i * 13., "node_cpu_seconds_total", "cpu", cpu, "instance", instance, "mode", "idle");
            }
            body.add(at, 8.0 * (1 << 30), "node_memory_MemTotal_bytes", "instance", instance);
            body.add(at, 6.0 * (1 << 30), "node_memory_MemAvailable_bytes", "instance", instance);
            body.add(at, 1, "up", "instance", instance);
        }
        return body;
    }

    private static Usage usage(String vm, Resource resource) {
        return server.telemetry.hours(List.of(vm), null, null).toCompletableFuture().join().get(vm).usage().stream()
                .filter(one -> one.resource() == resource)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void bothVersions_fillTheSameMeasures_andASenderThatRepeatsChangesNothing() {
        assertThat(write(scrapes("web-1:9100", 0, 20).version1(), "application/x-protobuf")
                        .status())
                .isEqualTo(204);
        assertThat(write(scrapes("web-1:9100", 0, 20).version1(), "application/x-protobuf")
                        .status())
                .isEqualTo(204);
        Reply second = write(scrapes("web-1:9100", 10, 40).version2(), SECOND);
        assertThat(second.status()).isEqualTo(204);
        assertThat(second.header("X-Prometheus-Remote-Write-Samples-Written")).isEqualTo("210");
        assertThat(second.header("X-Prometheus-Remote-Write-Exemplars-Written")).isEqualTo("0");

        Usage cpu = usage("web-1", Resource.CPU);
        assertThat(cpu.samples()).isEqualTo(39);
        assertThat(cpu.max()).isEqualTo(0.2);
        Usage memory = usage("web-1", Resource.MEMORY);
        assertThat(memory.samples()).isEqualTo(40);
        assertThat(memory.max()).isEqualTo(2);
        assertThat(memory.coverage()).isEqualTo(1);
    }

    @Test
    void whatIsRefused_isToldAsTheProtocolWants_andTheRestIsStored() {
        RemoteWriteBody body = scrapes("web-2:9100", 0, 2);
        body.add(NOW + 7_200_000, 1, "node_memory_MemTotal_bytes", "instance", "web-2:9100");
        Reply reply = write(body.version2(), SECOND);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("X-Prometheus-Remote-Write-Samples-Written")).isEqualTo("14");
        assertThat(usage("web-2", Resource.MEMORY).samples()).isEqualTo(2);

        assertThat(write("no message".getBytes(UTF_8), "application/x-protobuf").status())
                .isEqualTo(400);
        Reply plain = server.http.post("/v1/write", "application/x-protobuf", "x", "Content-Encoding", "snappy");
        assertThat(plain.status()).isEqualTo(400);
        assertThat(plain.text()).contains("no block of Snappy");
        assertThat(server.http
                        .post("/v1/samples", "text/csv", "x", "Content-Encoding", "snappy")
                        .status())
                .isEqualTo(415);
    }
}
