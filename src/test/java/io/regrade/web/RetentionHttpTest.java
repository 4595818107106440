package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.audit.LogSource;
import io.regrade.audit.LogVerifier;
import io.regrade.audit.Verification;
import io.regrade.tlog.Proof;
import io.regrade.tlog.VerifierKey;
import io.regrade.web.Http.Reply;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left of decisions that were dropped; all here are decided at {@link TestServer#NOW}, long before the clock's time. */
class RetentionHttpTest {

    private static final String JSON = "application/json";

    private TestServer server;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        http = server.http;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode decide(String vm) {
        ObjectNode body = Samples.complete(Samples.vm(vm, 1, 4));
        Reply reply = http.post("/v1/decisions", JSON, body.toString());
        assertThat(reply.status()).isEqualTo(200);
        return reply.json().at("/decisions/0");
    }

    private void age() {
        server.execute("update decision set recorded_at = recorded_at - interval '5 years'");
    }

    private Verification verify() {
        String key = http.get("/v1/audit/key").text().strip();
        return new LogVerifier(LogSource.at(server.server.address() + "/v1/audit"), VerifierKey.parse(key))
                .verify((done, total) -> {});
    }

    @Test
    void decisionsThatWereDropped_areGone_andTheirLeavesAndReceiptsStay() {
        JsonNode decided = decide("a");
        String id = decided.get("id").asText();
        decide("b");
        age();

        assertThat(server.ledger.keepMonths(1)).isEqualTo(2);

        for (String path : new String[] {"", "/trace", "/evidence"}) {
            Reply gone = http.get("/v1/decisions/" + id + path);
            assertThat(gone.status()).as(path).isEqualTo(410);
            assertThat(gone.json().get("type").asText()).isEqualTo("urn:regrade:problem:dropped");
            assertThat(gone.json().get("detail").asText())
                    .contains("decision `" + id + "` was dropped by retention at 2");
        }
        assertThat(http.post("/v1/decisions/" + id + "/replay", JSON, "").status())
                .isEqualTo(410);
        assertThat(http.get("/v1/decisions/" + "0".repeat(32)).status()).isEqualTo(404);
        assertThat(http.get("/v1/decisions").json().get("decisions")).isEmpty();
        Reply receipt = http.get("/v1/decisions/" + id + "/receipt");
        assertThat(receipt.status()).isEqualTo(200);
        assertThat(Proof.parse(receipt.text()).index()).isZero();
        Verification found = verify();
        assertThat(found.defects()).isEmpty();
        assertThat(found.leaves()).isEqualTo(Map.of("decision", 2L, "retention", 1L));
        assertThat(http.get("/metrics").text()).contains("\nregrade_decisions_retired_total 2.0");
    }

    @Test
    void aDecisionThatWasDropped_isNotLoggedTwice_andNewOnesAreKeptInTheSameMonth() {
        JsonNode decided = decide("a");
        age();
        assertThat(server.ledger.keepMonths(1)).isEqualTo(1);

        assertThat(decide("a").get("id")).isEqualTo(decided.get("id"));
        String later = decide("b").get("id").asText();

        Verification found = verify();
        assertThat(found.defects()).isEmpty();
        assertThat(found.leaves()).isEqualTo(Map.of("decision", 2L, "retention", 1L));
        assertThat(http.get("/v1/decisions/" + later).status()).isEqualTo(200);
        assertThat(http.get("/v1/decisions/" + later + "/evidence").status())
                .as("its policy and catalogue are stored again")
                .isEqualTo(200);
        assertThat(server.ledger.keepMonths(1))
                .as("it was decided for a moment long ago, but recorded now")
                .isZero();
    }

    @Test
    void anEvaluationWhoseDecisionsWereDropped_canStillBeRead() throws Exception {
        assertThat(http.put("/v1/vms/a", Samples.vm("a", 1, 4).toString()).status())
                .isEqualTo(201);
        StringBuilder targets = new StringBuilder();
        Samples.targets().forEach(target -> targets.append(target).append('\n'));
        assertThat(http.post("/v1/targets", "application/x-ndjson", targets.toString())
                        .status())
                .isEqualTo(200);
        String evaluation =
                http.post("/v1/evaluations", JSON, "{}").json().get("id").asText();
        while (!http.get("/v1/evaluations/" + evaluation)
                .json()
                .get("state")
                .asText()
                .equals("done")) {
            Thread.sleep(20);
        }
        String advised = http.get("/v1/recommendations").text();
        assertThat(advised).contains("\"action\":\"reclassify\"");
        age();
        assertThat(server.ledger.keepMonths(1)).isEqualTo(1);

        assertThat(http.get("/v1/evaluations/" + evaluation)
                        .json()
                        .get("decided")
                        .asInt())
                .isEqualTo(1);
        assertThat(http.get("/v1/decisions?evaluation=" + evaluation).json().get("decisions"))
                .isEmpty();
        assertThat(http.get("/v1/recommendations").text()).isEqualTo(advised);
    }
}
