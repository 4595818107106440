package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Pricing;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetProgress;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.web.Http.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
    void evaluation_byAnUnknownPolicy_isRefused_andAnUnknownOneIsNotFound() {
        assertThat(server.http
                        .post("/v1/evaluations", "application/json", "{\"policy\":\"nope\"}")
                        .status())
                .isEqualTo(422);
        assertThat(server.http.get("/v1/evaluations/" + "0".repeat(32)).status())
                .isEqualTo(404);
        assertThat(server.http.get("/v1/evaluations/x").status()).isEqualTo(404);
    }
}
