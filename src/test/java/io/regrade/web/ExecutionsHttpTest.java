package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.execute.Check;
import io.regrade.execute.Errand;
import io.regrade.execute.Executor;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.Order;
import io.regrade.execute.RefusedByCloudException;
import io.regrade.execute.Sighting;
import io.regrade.pipeline.execution.ExecutionJobs;
import io.regrade.web.Http.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was approved is carried out, once, whatever goes wrong: real HTTP, real PostgreSQL, a simulated cloud. */
@Timeout(60)
class ExecutionsHttpTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static TestServer server;
    private static Http http;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        http = server.http;
        StringBuilder targets = new StringBuilder();
        Samples.targets().forEach(target -> targets.append(target).append('\n'));
        http.post("/v1/targets", "application/x-ndjson", targets.toString());
        server.executions.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static ObjectNode machine(String vm, String fault) {
        ObjectNode node = Samples.vm(vm, 1, 4);
        node.putObject("tags").put("simulate", fault);
        return node;
    }

    /** A machine whose move to m5.large is approved by jane; the recommendation's id. */
    private static String approved(String vm, String fault) {
        assertThat(http.put("/v1/vms/" + vm, machine(vm, fault).toString()).status())
                .isEqualTo(201);
        http.post("/v1/decisions", Http.JSON, "{\"vms\":[{\"id\":\"" + vm + "\"}]}");
        String id = http.get("/v1/recommendations?vm=" + vm)
                .json()
                .at("/recommendations/0/id")
                .asText();
        assertThat(say(id, "approve", "{}").status()).isEqualTo(200);
        return id;
    }

    private static Reply say(String id, String verb, String body) {
        return http.post("/v1/recommendations/" + id + "/" + verb, Http.JSON, body, "Regrade-Actor", "jane");
    }

    private static String name() {
        return "vm-" + COUNT.incrementAndGet();
    }

    private static JsonNode begun(String recommendation, String body) {
        Reply begun = say(recommendation, "execute", body);
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        return begun.json();
    }

    private static JsonNode ended(JsonNode begun) throws InterruptedException {
        return until(begun.get("id").asText(), "confirmed|rolled-back|failed|cancelled|unclear");
    }

    private static JsonNode until(String id, String states) throws InterruptedException {
        while (true) {
            JsonNode now = http.get("/v1/executions/" + id).json();
            if (now.get("state").asText().matches(states)) {
                return now;
            }
            Thread.sleep(10);
        }
    }

    private static String type(String vm) {
        return http.get("/v1/vms/" + vm).json().path("type").asText();
    }

    private static List<String> steps(JsonNode execution) {
        return java.util.stream.StreamSupport.stream(execution.get("steps").spliterator(), false)
                .map(step -> step.get("what").asText() + " "
                        + (step.has("outcome")
                                ? step.get("outcome").asText()
                                : step.get("phase").asText()))
                .toList();
    }

    private static List<String> leaves() {
        String size = http.get("/v1/audit/checkpoint").text().lines().toList().get(1);
        StringBuilder all = new StringBuilder();
        int count = Integer.parseInt(size);
        for (int tile = 0; tile * 256 < count; tile++) {
            int width = Math.min(256, count - tile * 256);
            all.append(http.get("/v1/audit/tile/entries/%03d%s".formatted(tile, width == 256 ? "" : ".p/" + width))
                    .text());
        }
        return List.of(all.toString().split("(?=\\{\"a)|(?=\\{\"by)|(?=\\{\"d)"));
    }

    @Test
    void whatWasApproved_isCarriedOut_stepByStep_andIsInTheLog() throws Exception {
        String vm = name();
        String recommendation = approved(vm, "");
        String decision = http.get("/v1/recommendations/" + recommendation)
                .json()
                .get("decision")
                .asText();
        JsonNode trial = say(recommendation, "execute", "{\"dry_run\":true}").json();
        assertThat(trial.get("ok").asBoolean()).as("%s", trial).isTrue();
        assertThat(trial.get("checks").findValuesAsText("name"))
                .containsExactly("machine", "target", "policy", "advice", "machine", "quota");
        assertThat(trial.at("/preview/0").asText()).contains("`m5.2xlarge` to `m5.large`");
        assertThat(type(vm)).isEqualTo("m5.2xlarge");

        JsonNode done = ended(begun(recommendation, "{}"));

        assertThat(done.get("state").asText()).as("%s", done).isEqualTo("confirmed");
        assertThat(done.get("decision").asText()).isEqualTo(decision);
        assertThat(done.get("asked_by").asText()).isEqualTo("jane");
        assertThat(steps(done))
                .containsExactly(
                        "ask planned",
                        "check ok",
                        "act intent",
                        "act accepted",
                        "look there",
                        "confirm intent",
                        "confirm accepted",
                        "look confirmed");
        assertThat(server.cloud.type(vm)).isEqualTo("m5.large");
        JsonNode held = http.get("/v1/vms/" + vm).json();
        assertThat(held.get("type").asText()).isEqualTo("m5.large");
        assertThat(held.get("vcpu").asInt()).isEqualTo(2);
        assertThat(held.get("price_usd_hour").asDouble()).isEqualTo(0.107);
        assertThat(held.get("usage_summary")).isNotEmpty();
        JsonNode closed = http.get("/v1/recommendations/" + recommendation).json();
        assertThat(closed.get("state").asText()).isEqualTo("executed");
        assertThat(closed.at("/history/2/reason").asText())
                .isEqualTo("execution " + done.get("id").asText());
        List<String> told = leaves().stream()
                .filter(leaf -> leaf.contains(done.get("id").asText()))
                .toList();
        assertThat(told)
                .hasSize(8)
                .allSatisfy(leaf -> assertThat(leaf)
                        .contains("\"type\":\"execution\"", "\"decision\":\"" + decision + "\"")
                        .doesNotContain(vm, "m5."));
        assertThat(http.get("/v1/executions?vm=" + vm + "&state=confirmed")
                        .json()
                        .get("executions"))
                .hasSize(1);
        assertThat(http.get("/v1/executions/" + done.get("id").asText() + "/events")
                        .text())
                .startsWith("event: confirmed\n");
        assertThat(say(recommendation, "execute", "{}").status()).isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({
        "refuse, failed, 0, the simulated cloud refuses",
        "fail, failed, 0, 'asked 3 times, last: simulated: the simulated cloud failed with status 500'",
        "lose, confirmed, 1, ",
        "nothing, failed, 0, the cloud had said yes",
        "quota, cancelled, 0, the simulated quota is used up",
    })
    void whatGoesWrong_movesNoMachineTwice_andEndsReadably(String fault, String state, int changes, String problem)
            throws Exception {
        String vm = name();
        int before = server.cloud.changes();

        JsonNode done = ended(begun(approved(vm, fault), "{}"));

        assertThat(done.get("state").asText()).as("%s", done).isEqualTo(state);
        assertThat(server.cloud.changes() - before).isEqualTo(changes);
        if (problem == null) {
            assertThat(done.has("problem")).isFalse();
        } else {
            assertThat(done.get("problem").asText()).contains(problem);
        }
        assertThat(type(vm)).isEqualTo(state.equals("confirmed") ? "m5.large" : "m5.2xlarge");
    }

    @Test
    void aChangeUnderWatch_isTakenBack_whenSomebodySaysSo_orTheApprovalIsWithdrawn() throws Exception {
        String asked = name();
        JsonNode first = begun(approved(asked, ""), "{\"hold_seconds\":600}");
        until(first.get("id").asText(), "verifying");
        http.post("/v1/executions/" + first.get("id").asText() + "/rollback", Http.JSON, "");
        assertThat(ended(first).get("state").asText()).isEqualTo("rolled-back");
        assertThat(server.cloud.type(asked)).isEqualTo("m5.2xlarge");

        String withdrawn = name();
        String recommendation = approved(withdrawn, "");
        JsonNode second = begun(recommendation, "{\"hold_seconds\":600}");
        until(second.get("id").asText(), "verifying");
        say(recommendation, "dismiss", "{\"reason\":\"not now\",\"until\":\"2099-01-01T00:00:00Z\"}");
        JsonNode done = ended(second);
        assertThat(done.get("state").asText()).isEqualTo("rolled-back");
        assertThat(steps(done)).contains("revert intent", "revert accepted", "look rolled-back");
        assertThat(done.get("steps").findValuesAsText("detail")).contains("the approval was withdrawn");
        assertThat(type(withdrawn)).isEqualTo("m5.2xlarge");
        assertThat(http.post("/v1/executions/" + done.get("id").asText() + "/cancel", Http.JSON, "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatIsConfirmed_isTakenBack_byAnExecutionOfItsOwn() throws Exception {
        String vm = name();
        JsonNode before = held(approved(vm, ""), vm);
        JsonNode moved = ended(begun(recommendation(vm), "{}"));

        Reply back = http.post("/v1/executions/" + moved.get("id").asText() + "/rollback", Http.JSON, "");
        assertThat(back.status()).as(back.text()).isEqualTo(202);
        JsonNode done = ended(back.json());

        assertThat(done.get("kind").asText()).isEqualTo("rollback");
        assertThat(done.get("state").asText()).as("%s", done).isEqualTo("confirmed");
        assertThat(until(moved.get("id").asText(), "rolled-back").get("steps").toString())
                .contains(done.get("id").asText());
        assertThat(held("", vm)).isEqualTo(before);
        assertThat(server.cloud.type(vm)).isEqualTo("m5.2xlarge");
    }

    private static String recommendation(String vm) {
        return http.get("/v1/recommendations?vm=" + vm)
                .json()
                .at("/recommendations/0/id")
                .asText();
    }

    private static JsonNode held(String ignored, String vm) {
        return http.get("/v1/vms/" + vm).json();
    }

    @Test
    void whatIsNotAsItWasApproved_isNotCarriedOut() throws Exception {
        String vm = name();
        String recommendation = approved(vm, "");
        int before = server.cloud.changes();
        http.put("/v1/vms/" + vm, machine(vm, "").put("vcpu", 4).toString());
        JsonNode changed = ended(begun(recommendation, "{}"));
        assertThat(changed.get("state").asText()).isEqualTo("cancelled");
        assertThat(changed.get("problem").asText()).contains("`vcpu` was 8 and is 4");

        // Advised anew since: what was approved is not what is advised.
        http.put("/v1/vms/" + vm, machine(vm, "").toString());
        http.put("/v1/vms/" + vm, Samples.vm(vm, 1.01, 4.1).toString());
        http.post("/v1/decisions", Http.JSON, "{\"vms\":[{\"id\":\"" + vm + "\"}]}");
        Reply refused = say(recommendation, "execute", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.text()).contains("has been advised anew", "Maybe approve it again");
        assertThat(say(recommendation, "approve", "{}").status()).isEqualTo(200);
        assertThat(server.cloud.changes()).isEqualTo(before);
        assertThat(ended(begun(recommendation, "{}")).get("state").asText()).isEqualTo("confirmed");
        assertThat(server.cloud.changes()).isEqualTo(before + 1);

        String other = name();
        String open = approved(other, "");
        say(open, "dismiss", "{\"reason\":\"no\",\"until\":\"2099-01-01T00:00:00Z\"}");
        assertThat(say(open, "execute", "{}").status()).isEqualTo(409);
        assertThat(http.get("/v1/executions/" + "0".repeat(32)).status()).isEqualTo(404);
    }

    @Test
    void twoServers_thatPickTheSameJobs_moveEachMachineOnce() throws Exception {
        int before = server.cloud.changes();
        try (ExecutionJobs other = server.executions(server.cloud)) {
            other.start();
            List<JsonNode> begun = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                begun.add(begun(approved(name(), ""), "{}"));
            }
            for (JsonNode one : begun) {
                JsonNode done = ended(one);
                assertThat(done.get("state").asText()).as("%s", done).isEqualTo("confirmed");
                assertThat(steps(done)).containsOnlyOnce("act intent", "confirm intent");
            }
        }
        assertThat(server.cloud.changes() - before).isEqualTo(4);
    }

    @Test
    void aMachine_hasOneJobAtATime() throws Exception {
        String vm = name();
        String recommendation = approved(vm, "");
        JsonNode first = begun(recommendation, "{\"hold_seconds\":600}");
        until(first.get("id").asText(), "verifying");

        Reply second = say(recommendation, "execute", "{}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.text())
                .contains("is being changed by execution `" + first.get("id").asText() + "`");
        http.post("/v1/executions/" + first.get("id").asText() + "/cancel", Http.JSON, "");
        assertThat(ended(first).get("state").asText()).isEqualTo("rolled-back");
    }

    @Test
    void aMachineThatNoTargetOffers_isMadeOfTheCheapestServers_whichAreGivenBack() throws Exception {
        assertThat(http.put("/v1/server-offers", """
                {"offers": [
                 {"server": "r1", "cloud": "north", "address": "10.0.0.1", "vcpu": 4, "memory_gib": 4, "price_usd_hour": 0.1},
                 {"server": "r2", "cloud": "north", "address": "10.0.0.2", "vcpu": 4, "memory_gib": 16, "price_usd_hour": 0.2},
                 {"server": "r3", "address": "10.0.0.3", "vcpu": 8, "memory_gib": 32, "price_usd_hour": 0.45}]}""").json().get("servers").asInt())
                .isEqualTo(3);
        String wanted = """
                {"vm": "made-%d", "configuration": {"vcpu": 8, "memory_gib": 16}, "hours": %s}""";

        Reply made = http.post("/v1/instantiations", Http.JSON, wanted.formatted(1, "0.0000001"));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.json().get("parts").findValuesAsText("server")).containsExactly("r1", "r2");
        assertThat(made.json().get("usd_hour").asDouble()).isEqualTo(0.3);
        assertThat(made.json().get("exact").asBoolean()).isTrue();
        JsonNode second = http.post("/v1/instantiations", Http.JSON, wanted.formatted(2, "800000"))
                .json();
        assertThat(second.get("parts").findValuesAsText("server")).containsExactly("r3");
        Reply none = http.post("/v1/instantiations", Http.JSON, wanted.formatted(3, "800000"));
        assertThat(none.status()).isEqualTo(409);
        assertThat(none.text()).contains("no servers that are free");

        // The first was for less than a moment.
        assertThat(server.ledger
                        .instantiations()
                        .releaseEnded()
                        .toCompletableFuture()
                        .join())
                .isEqualTo(1);
        JsonNode table = http.get("/v1/resource-aggregation?vm=made-1").json().get("parts");
        assertThat(table.findValuesAsText("address")).containsExactly("10.0.0.1", "10.0.0.2");
        assertThat(table.at("/1/supplies/vcpu").asDouble()).isEqualTo(4);
        assertThat(table.at("/1/supplies/memory_gib").asDouble()).isEqualTo(12);
        assertThat(table.at("/1/instance").asText())
                .isEqualTo(made.json().get("id").asText() + "-2");
        assertThat(table.findValues("released_at")).hasSize(2);
        assertThat(http.post("/v1/instantiations", Http.JSON, wanted.formatted(3, "800000"))
                        .status())
                .isEqualTo(201);
        String release = "/v1/instantiations/" + second.get("id").asText() + "/release";
        assertThat(http.post(release, Http.JSON, "").json().get("state").asText())
                .isEqualTo("released");
        assertThat(http.post(release, Http.JSON, "").status()).isEqualTo(409);
        assertThat(leaves())
                .anySatisfy(leaf -> assertThat(leaf)
                        .contains(
                                "\"type\":\"instantiation\"",
                                made.json().get("id").asText()));
    }

    /** The machine after its move, with so much of its processors used at every hour of two days after it. */
    private static String measured(String vm, double vcpu) {
        ObjectNode node = Samples.vm(vm, 1, 4).put("type", "m5.large").put("vcpu", 2);
        node.put("memory_gib", 8).put("price_usd_hour", 0.107).remove("usage_summary");
        var usage = node.putArray("usage");
        for (int hour = 1; hour <= 48; hour++) {
            usage.addObject()
                    .put(
                            "timestamp",
                            TestServer.NOW.plus(Duration.ofHours(hour)).toString())
                    .put("cpu_vcpu", vcpu + hour * 1e-4)
                    .put("memory_gib", 4);
        }
        return node.toString();
    }

    @Test
    void whatBecameOfAMove_isHeldBesideWhatWasPromised_ruleByRule() throws Exception {
        String vm = name();
        JsonNode moved = ended(begun(approved(vm, ""), "{}"));
        String path = "/v1/executions/" + moved.get("id").asText() + "/outcome";
        assertThat(http.get(path).status()).isEqualTo(404);
        JsonNode unknown = http.post(path, Http.JSON, "").json();
        assertThat(unknown.get("verdict").asText()).isEqualTo("unknown");
        assertThat(unknown.at("/resources/0/predicted_p99_utilisation").asDouble())
                .isEqualTo(0.5);
        assertThat(unknown.at("/resources/0").has("observed_p99_utilisation")).isFalse();

        http.put("/v1/vms/" + vm, measured(vm, 1.0));
        JsonNode kept = http.post(path, Http.JSON, "").json();
        assertThat(kept.get("verdict").asText()).as("%s", kept).isEqualTo("kept");
        assertThat(kept.at("/resources/0/observed_p99_utilisation").asDouble()).isBetween(0.49, 0.52);
        assertThat(kept.at("/saving_usd_month/observed").asDouble())
                .isEqualTo(kept.at("/saving_usd_month/predicted").asDouble());

        http.put("/v1/vms/" + vm, measured(vm, 1.99));
        JsonNode hurts = http.post(path, Http.JSON, "").json();
        assertThat(hurts.get("verdict").asText()).isEqualTo("hurts");
        assertThat(hurts.get("proposal").asText()).isEqualTo("rollback");
        assertThat(hurts.at("/saturated_hours_month/observed").asDouble()).isGreaterThan(700);
        assertThat(http.get(path).json()).isEqualTo(hurts);
        assertThat(http.get("/v1/outcomes?verdict=hurts").json().get("outcomes"))
                .containsExactly(hurts);
        JsonNode rules = http.get("/v1/outcomes/rules").json().get("rules");
        assertThat(rules.findValuesAsText("rule"))
                .contains(hurts.at("/promises/0/rule").asText());
        assertThat(rules.toString()).contains("\"kind\":\"cost\"", "\"broken\":1");
    }

    /** A server that dies in the middle of a question: before it, or between it and the answer. */
    private record Dying(Executor cloud, boolean asked) implements Executor {

        @Override
        public void act(Errand errand) throws RefusedByCloudException, NoAnswerException {
            if (asked) {
                cloud.act(errand);
            }
            throw new Error("this server dies, as the test wants it");
        }

        @Override
        public String name() {
            return cloud.name();
        }

        @Override
        public List<Check> check(Order order) throws NoAnswerException {
            return cloud.check(order);
        }

        @Override
        public String mark(Order order) throws NoAnswerException {
            return cloud.mark(order);
        }

        @Override
        public Sighting look(Errand errand) throws NoAnswerException {
            return cloud.look(errand);
        }

        @Override
        public void confirm(Errand errand) throws RefusedByCloudException, NoAnswerException {
            cloud.confirm(errand);
        }

        @Override
        public void revert(Errand errand) throws RefusedByCloudException, NoAnswerException {
            cloud.revert(errand);
        }

        @Override
        public List<String> preview(Order order) {
            return cloud.preview(order);
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void aServerThatDiesBetweenIntentAndAnswer_isFollowedByOneThatLooksFirst(boolean asked) throws Exception {
        try (TestServer own = new TestServer();
                ExecutionJobs dying = own.executions(new Dying(own.cloud, asked))) {
            http = own.http;
            Samples.targets()
                    .forEach(
                            target -> http.put("/v1/targets/" + target.get("id").asText(), target.toString()));
            String vm = name();
            JsonNode begun = begun(approved(vm, ""), "{}");
            dying.start();
            until(begun.get("id").asText(), "acting");
            while (own.cloud.changes() < (asked ? 1 : 0)) {
                Thread.sleep(5);
            }
            own.execute("update execution set leased_until = now() - interval '1 second'");

            own.executions.start();
            JsonNode done = ended(begun);

            assertThat(done.get("state").asText()).as("%s", done).isEqualTo("confirmed");
            assertThat(own.cloud.changes()).isEqualTo(1);
            assertThat(steps(done))
                    .containsExactlyElementsOf(
                            asked
                                    ? List.of(
                                            "ask planned",
                                            "check ok",
                                            "act intent",
                                            "look there",
                                            "confirm intent",
                                            "confirm accepted",
                                            "look confirmed")
                                    : List.of(
                                            "ask planned",
                                            "check ok",
                                            "act intent",
                                            "act intent",
                                            "act accepted",
                                            "look there",
                                            "confirm intent",
                                            "confirm accepted",
                                            "look confirmed"));
        } finally {
            http = server.http;
        }
    }
}
