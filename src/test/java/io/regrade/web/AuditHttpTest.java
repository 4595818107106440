package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.tlog.Checkpoint;
import io.regrade.tlog.EntryBundle;
import io.regrade.tlog.Note;
import io.regrade.tlog.Proof;
import io.regrade.tlog.VerifierKey;
import io.regrade.web.Http.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditHttpTest {

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

    private String decide(String vm) {
        ObjectNode body = Samples.complete(Samples.vm(vm, 1, 4));
        return http.post("/v1/decisions", "application/json", body.toString())
                .json()
                .at("/decisions/0/id")
                .asText();
    }

    private Checkpoint checkpoint() {
        Note note = Note.parse(http.get("/v1/audit/checkpoint").text());
        assertThat(note.isSignedBy(
                        VerifierKey.parse(http.get("/v1/audit/key").text().strip())))
                .isTrue();
        return Checkpoint.parse(note.text());
    }

    private List<String> entries(long size) {
        Reply reply = http.get("/v1/audit/tile/entries/000.p/" + size);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Cache-Control")).contains("immutable");
        return EntryBundle.parse(reply.response().body()).stream()
                .map(entry -> new String(entry, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void aDecision_isInTheLogBeforeItIsAnswered_andHasAReceipt() {
        String id = decide("a");

        assertThat(checkpoint().size()).isEqualTo(1);
        assertThat(entries(1)).singleElement().asString().contains(id).doesNotContain("\"a\"");
        Reply receipt = http.get("/v1/decisions/" + id + "/receipt");
        assertThat(receipt.status()).isEqualTo(200);
        assertThat(Proof.parse(receipt.text()).index()).isZero();
        assertThat(http.get("/v1/decisions/" + "0".repeat(32) + "/receipt").status())
                .isEqualTo(404);
    }

    @Test
    void aRefusal_isALeafToo_withoutWhatWasAskedFor() {
        Reply refused = http.post("/v1/decisions", "application/json", "{\"vms\":[{\"id\":\"secret-machine\"}]}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(entries(1))
                .singleElement()
                .asString()
                .contains("\"type\":\"refusal\"", "/vms/0/id")
                .doesNotContain("secret");
    }

    @Test
    void whatTheLogDoesNotHave_isNotFound() {
        decide("a");

        assertThat(http.get("/v1/audit/tile/0/000.p/2").status()).isEqualTo(404);
        assertThat(http.get("/v1/audit/tile/0/000").status()).isEqualTo(404);
        assertThat(http.get("/v1/audit/tile/nothing").status()).isEqualTo(404);
        assertThat(http.get("/v1/audit/tile/0/x000/000.p/1").status()).isEqualTo(404);
    }

    @Test
    void erasure_leavesTheLeaf_andSaysByWhom() {
        String id = decide("a");
        Reply erased = http.post("/v1/vms/a/erasure", "application/json", "{\"reason\":\"left\"}");

        assertThat(erased.json().get("erased").asInt()).isEqualTo(1);
        assertThat(http.get("/v1/decisions/" + id).json().at("/erased/reason").asText())
                .isEqualTo("left");
        assertThat(checkpoint().size()).isEqualTo(2);
        assertThat(entries(2).get(1)).contains("\"type\":\"erasure\"", "\"decisions\":[0]");
        assertThat(http.get("/v1/decisions?vm=a").json().get("decisions")).hasSize(1);
        assertThat(http.post("/v1/vms/a/erasure", "application/json", "{\"reason\":\"\"}")
                        .status())
                .isEqualTo(400);
        Reply unknown = http.post("/v1/vms/b/erasure", "application/json", "{\"reason\":\"left\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().get("detail").asText()).contains("machine `b`. Maybe");
        Reply again = http.post("/v1/vms/a/erasure", "application/json", "{\"reason\":\"left\"}");
        assertThat(again.json().get("erased").asInt()).isZero();
    }

    @Test
    void theTraceOfAnErasedDecision_isGone_andIsNotSaidToBeEmpty() {
        String id = decide("a");
        http.post("/v1/vms/a/erasure", "application/json", "{\"reason\":\"left\"}");

        for (String accept : new String[] {"application/json", "text/plain"}) {
            Reply trace = http.get("/v1/decisions/" + id + "/trace", "Accept", accept);
            assertThat(trace.status()).isEqualTo(410);
            assertThat(trace.json().get("detail").asText()).contains(id, "was erased by");
        }
    }

    @Test
    void decisions_comeAsCsvAndNdjson_withALinkToTheNextPage() {
        decide("a");
        decide("b");

        Reply csv = http.get("/v1/decisions?limit=1", "Accept", "text/csv");
        assertThat(csv.text()).startsWith("id,vm,action,target,").contains(",b,");
        String next = csv.header("Link").replaceAll("^<|>.*", "");
        Reply ndjson = http.get(next, "Accept", "application/x-ndjson");
        assertThat(ndjson.text().lines()).singleElement().asString().contains("\"vm\":\"a\"");
        assertThat(ndjson.header("Link")).isEmpty();
    }
}
