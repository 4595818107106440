package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.deployment.RealPrometheus;
import io.regrade.web.Http.Reply;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus scrapes a real node_exporter and writes what it finds into Regrade. */
class PrometheusIntoRegradeTest {

    private static final String SENT = "prometheus_remote_storage_samples_total";

    @Test
    @Timeout(120)
    void whatIsScraped_isMeasured_andNothingFails(@TempDir Path directory) throws Exception {
        RealPrometheus.missing()
                .ifPresent(name -> Assumptions.abort("`" + name + "` is not installed: nothing can be scraped"));
        try (TestServer server = new TestServer(Clock.systemUTC());
                RealPrometheus prometheus = new RealPrometheus(directory, server.server.address(), 1)) {
            JsonNode usage;
            long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
            do {
                Thread.sleep(500);
                Reply reply = server.http.get("/v1/vms/scraped/usage");
                usage = reply.status() == 200 ? reply.json().at("/usage") : Samples.JSON.arrayNode();
            } while (usage.path(0).path("samples").asInt() < 8 && System.nanoTime() < end);
            assertThat(usage.findValuesAsText("resource")).contains("vcpu", "memory_gib", "network_gbps");
            for (JsonNode one : usage) {
                assertThat(one.get("samples").asInt()).as("%s", one).isGreaterThanOrEqualTo(7);
                assertThat(one.get("coverage").asDouble()).isGreaterThan(0.9);
            }
            assertThat(usage.at("/0/max").asDouble()).isPositive().isLessThanOrEqualTo(1024);
            assertThat(prometheus.metric(SENT)).isGreaterThan(1000);
            assertThat(prometheus.metric("prometheus_remote_storage_samples_failed_total"))
                    .isZero();
            assertThat(prometheus.metric("prometheus_remote_storage_samples_dropped_total"))
                    .isZero();
        }
    }
}
