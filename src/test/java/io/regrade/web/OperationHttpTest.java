package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.web.Http.Reply;
import io.regrade.web.contract.Contract;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OperationHttpTest {

    private final AtomicReference<String> sick = new AtomicReference<>();
    private TestServer server;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(
                TestServer.CONFIG,
                decisions -> decisions,
                List.of(new HealthCheck("store", () -> Optional.ofNullable(sick.get()))));
        http = server.http;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void metrics_showTheDecisionJustMade() {
        assertThat(http.get("/metrics").text()).doesNotContain("regrade_decisions_total{");

        JsonNode decision = http.post(
                        "/v1/decisions",
                        Http.JSON,
                        Samples.complete(Samples.vm("a", 1, 4)).toString())
                .json()
                .at("/decisions/0");

        Reply reply = http.get("/metrics");
        assertThat(reply.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(reply.text())
                .contains("regrade_decisions_total{action=\"reclassify\",policy=\"standard\"} 1.0")
                .contains("regrade_phase_seconds_count{phase=\"needs\"} 1")
                .contains("regrade_phase_seconds_count{phase=\"shortlist\"} 1")
                .contains("regrade_phase_seconds_count{phase=\"simulate\"} 1")
                .contains("regrade_http_requests_seconds_count{method=\"POST\",operation=\"decide\",status=\"200\"} 1")
                .contains("regrade_worker_queue 0.0")
                .contains("regrade_worker_rejected_total 0.0");
        for (JsonNode rule : decision.get("fired")) {
            assertThat(reply.text()).contains("regrade_rule_firings_total{rule=\"" + rule.asText() + "\"} ");
        }
    }

    @Test
    void metrics_countWhatIsNoOperationWithoutNamingIt() {
        http.get("/v1/made-up-by-a-client");
        assertThat(http.get("/metrics").text())
                .contains("operation=\"none\",status=\"404\"")
                .doesNotContain("made-up-by-a-client");
    }

    @Test
    void health_tellsWhatIsWrong() {
        assertThat(http.get("/health/live").json().toString()).isEqualTo("{\"status\":\"up\"}");
        assertThat(http.get("/health/ready").json().toString()).isEqualTo("{\"status\":\"up\"}");
        assertThat(http.get("/health/ready?verbose").json().at("/checks/0").toString())
                .isEqualTo("{\"name\":\"store\",\"status\":\"up\"}");

        sick.set("no connection");
        Reply down = http.get("/health/ready");
        assertThat(down.status()).isEqualTo(503);
        assertThat(down.json().at("/checks/0").toString())
                .isEqualTo("{\"name\":\"store\",\"status\":\"down\",\"detail\":\"no connection\"}");
        assertThat(http.get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void policies_areListedWithTheirDigest() {
        JsonNode policy = http.get("/v1/policies").json().at("/policies/0");
        assertThat(policy.get("name").asText()).isEqualTo("standard");
        assertThat(policy.get("default").asBoolean()).isTrue();
        assertThat(policy.get("digest").asText())
                .isEqualTo(TestServer.policies().byDefault().bundle().digest());
        assertThat(policy.get("rules").asInt())
                .isEqualTo(TestServer.policies().byDefault().rules().size());
        assertThat(policy.at("/parameters/0/name").asText()).isEqualTo("minimum-days");
    }

    @Test
    void contract_isPublishedAsItIs() {
        Reply reply = http.get("/openapi.yaml");
        assertThat(reply.header("Content-Type")).isEqualTo("application/yaml; charset=utf-8");
        assertThat(reply.text()).isEqualTo(Contract.load().text());
    }

    @Test
    void docs_comeFromThisServerAlone() {
        Reply page = http.get("/docs");
        assertThat(page.text()).doesNotContain("//").contains("/docs/swagger-ui.css");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'self';");
        for (String part : List.of("swagger-ui.css", "swagger-ui-bundle.js", "start.js", "favicon-32x32.png")) {
            assertThat(page.text() + " start.js").contains(part);
            Reply reply = http.get("/docs/" + part);
            assertThat(reply.status()).as(part).isEqualTo(200);
            assertThat(reply.response().body()).isNotEmpty();
        }
        assertThat(http.get("/docs/start.js").text()).contains("validatorUrl: null");
    }

    @Test
    void answers_areCompressedForWhoTakesIt() {
        Reply reply = http.get("/docs/swagger-ui.css", "Accept-Encoding", "gzip");
        assertThat(reply.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(reply.response().body().length).isLessThan(50_000);
    }

    @Test
    void head_isGetWithoutABody() {
        Reply reply = http.send("HEAD", "/openapi.yaml", BodyPublishers.noBody());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.response().body()).isEmpty();
        assertThat(http.send("HEAD", "/v1/vms/a", BodyPublishers.noBody()).status())
                .isEqualTo(404);
    }
}
