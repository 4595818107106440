package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Pricing;
import io.regrade.intake.inventory.Fleet;
import io.regrade.intake.inventory.FleetReader;
import io.regrade.intake.sample.SampleFleet;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Plan;
import io.regrade.web.Http.Reply;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans of the held fleet over HTTP. */
class PlansHttpTest {

    private static final int MACHINES = 40;

    @TempDir
    private static Path directory;

    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        SampleFleet.write(directory, new SampleFleet.Options(3, MACHINES, 150, 14, 60, TestServer.NOW));
        Fleet fleet = new FleetReader().read(directory);
        server = new TestServer();
        server.inventory
                .apply(new Change.ReplaceAll(fleet.vms(), fleet.targets(), Pricing.HOURLY), Expectation.NONE)
                .toCompletableFuture()
                .join();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode planned(String body) throws InterruptedException {
        Reply begun = server.http.post("/v1/plans", "application/json", body);
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        JsonNode plan;
        do {
            plan = server.http.get(begun.header("Location")).json();
            Thread.sleep(20);
        } while (plan.path("state").textValue().equals("running"));
        assertThat(plan.path("state").textValue()).as("%s", plan).isEqualTo("done");
        return plan;
    }

    @Test
    @Timeout(120)
    void aPlan_sharesWhatIsShort_saysWhy_andIsInTheLog() throws Exception {
        JsonNode free = planned("{}");
        int moves = free.path("moves").size();
        assertThat(moves).isGreaterThan(15);
        assertThat(free.path("gap").doubleValue()).isZero();

        JsonNode plan = planned("""
                {"shared": [{"id": "all", "kind": "pool", "count": %d}], "settings": {"wave": 4, "canary": 2}}
                """.formatted(moves - 5));

        assertThat(plan.path("moves")).hasSize(moves - 5);
        assertThat(plan.path("staying")).hasSize(5).allSatisfy(stay -> {
            assertThat(stay.at("/first_choice/short").textValue()).isEqualTo("pool `all`");
            assertThat(stay.path("why").textValue()).contains("because pool `all` has no more places");
        });
        assertThat(plan.path("net_usd_month").doubleValue())
                .isLessThan(free.path("net_usd_month").doubleValue());
        assertThat(plan.path("waves").findValuesAsText("number").size()).isGreaterThan(3);
        assertThat(plan.at("/waves/0/canary").booleanValue()).isTrue();
        assertThat(plan.at("/waves/0/vms").size()).isLessThanOrEqualTo(2);

        String decision = plan.at("/moves/0/decision").textValue();
        assertThat(server.http
                        .get("/v1/decisions/" + decision)
                        .json()
                        .path("vm")
                        .textValue())
                .isEqualTo(plan.at("/moves/0/vm").textValue());
        assertThat(server.http.get("/v1/plans").json().path("plans").findValuesAsText("id"))
                .contains(plan.path("id").textValue(), free.path("id").textValue());
        assertThat(leaves())
                .anySatisfy(leaf -> assertThat(leaf)
                        .contains("\"type\":\"plan\"")
                        .contains("\"plan\":\"" + plan.path("id").textValue() + "\"")
                        .contains("\"moves\":" + (moves - 5))
                        .doesNotContain(plan.at("/moves/0/vm").textValue()));
    }

    private static List<String> leaves() {
        String size =
                server.http.get("/v1/audit/checkpoint").text().lines().toList().get(1);
        int width = Integer.parseInt(size) % 256;
        return List.of(
                server.http.get("/v1/audit/tile/entries/000.p/" + width).text().split("(?=\\{\"action|\\{\"at)"));
    }

    @Test
    @Timeout(120)
    void whatIsErasedOfAMachine_isInNoPlan() throws Exception {
        JsonNode plan = planned("{}");
        String vm = plan.at("/moves/0/vm").textValue();
        JsonNode held = server.http.get("/v1/vms/" + vm).json();

        assertThat(server.http
                        .post("/v1/vms/" + vm + "/erasure", "application/json", "{\"reason\": \"she asked\"}")
                        .status())
                .isLessThan(300);

        JsonNode left =
                server.http.get("/v1/plans/" + plan.path("id").textValue()).json();
        assertThat(left.toString()).doesNotContain("\"" + vm + "\"");
        assertThat(left.path("moves").size()).isEqualTo(plan.path("moves").size() - 1);
        assertThat(held.path("id").textValue()).isEqualTo(vm);
    }

    @Test
    @Timeout(120)
    void whatIsSaidOfAPlanOnItsWay_andComesLate_doesNotUndoItsEnd() throws Exception {
        JsonNode done = planned("{}");
        String id = done.path("id").textValue();
        Plan plan = server.ledger.plans().byId(id).toCompletableFuture().join().orElseThrow();

        server.ledger
                .plans()
                .put(new Plan(
                        id, Plan.State.RUNNING, plan.policy(), plan.asker(), MACHINES, 1, null, plan.createdAt(), null))
                .toCompletableFuture()
                .join();

        assertThat(server.http.get("/v1/plans/" + id).json()).isEqualTo(done);
    }

    @Test
    @Timeout(120)
    void aPlanThatWaits_isCalledOff_andNothingIsKeptOfIt() throws Exception {
        List<Reply> begun = new ArrayList<>();
        Reply refused;
        do {
            refused = server.http.post("/v1/plans", "application/json", "{}");
            begun.add(refused);
        } while (refused.status() == 202 && begun.size() < 200);
        assertThat(refused.status()).as("%s plans wait", begun.size()).isEqualTo(503);
        String last = begun.get(begun.size() - 2).header("Location");

        Reply cancelled = server.http.post(last + "/cancel", "application/json", "");

        assertThat(cancelled.status()).isEqualTo(202);
        assertThat(cancelled.json().path("state").textValue()).isEqualTo("cancelled");
        assertThat(server.http.get(last + "/events").text())
                .contains("event: cancelled")
                .contains("\"finished_at\"");
        for (Reply one : begun.subList(0, begun.size() - 2)) {
            server.http.post(one.header("Location") + "/cancel", "application/json", "");
        }
        planned("{}"); // what comes later is not ended with them
        assertThat(server.http.get(last).json()).isEqualTo(cancelled.json());
        assertThat(leaves())
                .noneMatch(leaf -> leaf.contains(cancelled.json().path("id").textValue()));
        assertThat(server.http
                        .post("/v1/plans/" + "0".repeat(32) + "/cancel", "application/json", "")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void mistakes_areToldWithTheirPlace() {
        Reply reply = server.http.post("/v1/plans", "application/json", """
                {"shared": [{"id": "a", "kind": "budget"}, {"id": "a", "kind": "licence", "count": 1},
                {"id": "p", "kind": "pool", "count": 1, "targets": ["none-such"]}], "settings": {"wave": 0}}
                """);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.text())
                .contains("/shared/0/kind")
                .contains("a budget needs `usd_month`")
                .contains("/shared/1/id")
                .contains("/shared/2/targets")
                .contains("/settings/wave");
        assertThat(server.http.get("/v1/plans/" + "0".repeat(32)).status()).isEqualTo(404);
    }
}
