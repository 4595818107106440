package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Capacity;
import io.regrade.fact.Pricing;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetProgress;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.web.Http.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class EvaluationsHttpTest {

    private static final int MACHINES = 60;

    @TempDir
    private Path directory;

    private TestServer server;

    @BeforeEach
    void start() throws Exception {
        SampleFleet.write(directory, SampleFleet.Options.demo(TestServer.NOW));
        Fleet fleet = new FleetReader(IntakeLimits.DEFAULT, FleetProgress.NONE).read(directory);
        server = new TestServer();
        server.inventory
                .apply(new Change.ReplaceAll(fleet.vms(), fleet.targets(), Pricing.HOURLY), Expectation.NONE)
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void evaluation_decidesEveryMachineOnce_andCanBeFollowed() {
        Reply begun = server.http.post("/v1/evaluations", "application/json", "{}");
        assertThat(begun.status()).isEqualTo(202);
        String id = begun.json().get("id").asText();

        String events = server.http.get("/v1/evaluations/" + id + "/events").text();
        assertThat(events).contains("event: done").contains("\"decided\":" + MACHINES);
        JsonNode done = server.http.get("/v1/evaluations/" + id).json();
        assertThat(done.get("state").asText()).isEqualTo("done");
        assertThat(done.get("machines").asInt()).isEqualTo(MACHINES);
        JsonNode decided = server.http
                .get("/v1/decisions?limit=500&evaluation=" + id)
                .json()
                .get("decisions");
        assertThat(decided.findValuesAsText("vm")).hasSize(MACHINES).doesNotHaveDuplicates();
        assertThat(server.http
                        .get("/v1/evaluations")
                        .json()
                        .at("/evaluations/0/id")
                        .asText())
                .isEqualTo(id);
    }

    @Test
    void evaluation_thatIsTakenUpAgain_decidesOnlyWhatIsLeft() {
        String id = server.http
                .post("/v1/evaluations", "application/json", "{}")
                .json()
                .get("id")
                .asText();
        server.http.get("/v1/evaluations/" + id + "/events");
        List<String> before = ids(id);

        // As a server leaves it that was killed in the middle of it.
        server.execute("update evaluation set state = 'running', runner = null, decided = 10, finished_at = null");
        server.execute("delete from decision where seq % 2 = 0");
        server.http.get("/v1/evaluations/" + id + "/events");

        assertThat(ids(id)).containsExactlyInAnyOrderElementsOf(before);
    }

    private List<String> ids(String evaluation) {
        List<String> ids = new ArrayList<>();
        server.http
                .get("/v1/decisions?limit=500&evaluation=" + evaluation)
                .json()
                .get("decisions")
                .forEach(decision -> ids.add(decision.get("id").asText()));
        return ids;
    }

    @Test
    @Timeout(60)
    void evaluation_thatIsCancelledInTheMiddle_endsWithThePartUnderWay_andKeepsWhatWasDecided() throws Exception {
        int part = 1000;
        List<VmFacts> many = new ArrayList<>();
        for (int i = 0; i < part + 300; i++) {
            Vm vm = new Vm(
                    "vm-" + i,
                    "vm-" + i,
                    null,
                    null,
                    null,
                    null,
                    Capacity.UNKNOWN,
                    null,
                    Set.of(),
                    Double.NaN,
                    null,
                    null,
                    Map.of());
            many.add(new VmFacts(vm, List.of(), List.of(), null, List.of()));
        }
        AtomicReference<GatedDecisions> gate = new AtomicReference<>();
        try (TestServer gated = new TestServer(
                TestServer.CONFIG,
                decisions -> {
                    gate.set(new GatedDecisions(decisions));
                    return gate.get();
                },
                List.of())) {
            gated.inventory
                    .apply(new Change.ReplaceAll(many, List.of(), Pricing.HOURLY), Expectation.NONE)
                    .toCompletableFuture()
                    .join();
            String id = gated.http
                    .post("/v1/evaluations", "application/json", "{}")
                    .json()
                    .get("id")
                    .asText();
            // The first is decided and waits to be kept: the evaluation is in the middle of its first part.
            gate.get().arrived.acquireUninterruptibly();
            Reply cancelled = gated.http.send("POST", "/v1/evaluations/" + id + "/cancel", BodyPublishers.noBody());
            assertThat(cancelled.status()).isEqualTo(202);
            assertThat(cancelled.json().get("state").asText()).isEqualTo("running");
            assertThat(cancelled.json().get("cancelling").asBoolean()).isTrue();
            gate.get().open.release(many.size());

            assertThat(gated.http.get("/v1/evaluations/" + id + "/events").text())
                    .contains("event: cancelled");
            JsonNode ended = gated.http.get("/v1/evaluations/" + id).json();
            assertThat(ended.get("state").asText()).isEqualTo("cancelled");
            assertThat(ended.get("machines").asInt()).isEqualTo(many.size());
            assertThat(ended.get("decided").asInt()).isEqualTo(part);
            assertThat(ended.get("finished_at").asText()).isNotEmpty();
            Set<String> decided =
                    gated.ledger.evaluations().decided(id).toCompletableFuture().join();
            assertThat(decided).hasSize(part);
            // It is over: nobody takes it up again, and to cancel it once more changes nothing.
            assertThat(gated.http
                            .send("POST", "/v1/evaluations/" + id + "/cancel", BodyPublishers.noBody())
                            .json()
                            .get("state")
                            .asText())
                    .isEqualTo("cancelled");
            assertThat(gated.ledger
                            .evaluations()
                            .take(UUID.randomUUID())
                            .toCompletableFuture()
                            .join())
                    .isEmpty();
        }
    }

    @Test
    void evaluation_byAnUnknownPolicy_isRefused_andAnUnknownOneIsNotFound() {
        assertThat(server.http
                        .post("/v1/evaluations", "application/json", "{\"policy\":\"nope\"}")
                        .status())
                .isEqualTo(422);
        Http.Reply typo = server.http.post("/v1/evaluations", "application/json", "{\"polcy\":\"nope\"}");
        assertThat(typo.status()).isEqualTo(400);
        assertThat(typo.text()).contains("\"/polcy\"", "`polcy` is not known. Maybe `policy`");
        assertThat(server.http.get("/v1/evaluations/" + "0".repeat(32)).status())
                .isEqualTo(404);
        assertThat(server.http.get("/v1/evaluations/x").status()).isEqualTo(404);
        for (String id : new String[] {"x", "0".repeat(32), "z".repeat(32)}) {
            assertThat(server.http
                            .send("POST", "/v1/evaluations/" + id + "/cancel", BodyPublishers.noBody())
                            .status())
                    .as(id)
                    .isEqualTo(404);
        }
    }
}
