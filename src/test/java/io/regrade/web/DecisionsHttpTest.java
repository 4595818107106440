package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.web.Http.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecisionsHttpTest {

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

    private Reply decide(String query, ObjectNode body) {
        return http.post("/v1/decisions" + query, Http.JSON, body.toString());
    }

    @Test
    void decide_withEverythingInTheRequest_answersInOrder() {
        Reply reply = decide("", Samples.complete(Samples.vm("small", 1, 4), Samples.vm("right", 6.3, 25)));

        assertThat(reply.status()).isEqualTo(200);
        JsonNode decisions = reply.json().get("decisions");
        assertThat(decisions.findValuesAsText("vm")).containsExactly("small", "right");
        assertThat(decisions.get(0).get("action").asText()).isEqualTo("reclassify");
        assertThat(decisions.get(0).get("target").get("id").asText()).isEqualTo("m5.large");
        assertThat(decisions.get(0).get("saving_usd_month").asDouble()).isCloseTo(234.33, within(1e-9));
        assertThat(decisions.get(0).get("fired")).isNotEmpty();
        assertThat(decisions.get(0).has("trace")).isFalse();
        assertThat(decisions.get(1).get("action").asText()).isEqualTo("keep");
        assertThat(decisions.get(1).get("decided_at").asText()).isEqualTo("2025-03-01T12:00:00Z");
    }

    @Test
    void decide_explain_saysHowMuch() {
        ObjectNode body = Samples.complete(Samples.vm("a", 1, 4));

        assertThat(decide("?explain=none", body).json().at("/decisions/0/fired").isMissingNode())
                .isTrue();
        assertThat(decide("?explain=full", body).json().at("/decisions/0/trace/firings"))
                .isNotEmpty();
    }

    @Test
    void decide_byReference_takesWhatIsHeld() {
        http.put("/v1/vms/held", Samples.vm("held", 1, 4).toString());
        http.put("/v1/targets/m5.large", Samples.target("m5.large", 2, 8, 0.107).toString());
        ObjectNode named = Samples.JSON.objectNode().put("id", "held");

        JsonNode decision =
                decide("", Samples.request(named)).json().get("decisions").get(0);
        assertThat(decision.get("target").get("id").asText()).isEqualTo("m5.large");

        // The held targets have changed: so has the index over them.
        http.put("/v1/targets/m5.cheap", Samples.target("m5.cheap", 2, 8, 0.05).toString());
        assertThat(decide("", Samples.request(named))
                        .json()
                        .at("/decisions/0/target/id")
                        .asText())
                .isEqualTo("m5.cheap");
        assertThat(decide("", Samples.complete(named))
                        .json()
                        .at("/decisions/0/target/id")
                        .asText())
                .isEqualTo("m5.large");
    }

    @Test
    void decide_ofUnknownMachines_namesEachByPointer() {
        Reply reply = decide(
                "",
                Samples.complete(
                        Samples.JSON.objectNode().put("id", "nobody"),
                        Samples.vm("a", 1, 4),
                        Samples.JSON.objectNode().put("id", "nothing")));

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().get("errors").findValuesAsText("pointer")).containsExactly("/vms/0/id", "/vms/2/id");
        assertThat(reply.json().get("detail").asText())
                .isEqualTo("no machine is held under `nobody`. Maybe give its fields, or put it to `/v1/vms` first"
                        + " (and 1 more)");
    }

    @Test
    void decide_byPolicy_takesNameAndDigest() {
        String digest = http.get("/v1/policies").json().at("/policies/0/digest").asText();
        ObjectNode body = Samples.complete(Samples.vm("a", 1, 4));

        assertThat(decide("?policy=standard", body).status()).isEqualTo(200);
        assertThat(decide("?policy=standard@" + digest, body).status()).isEqualTo(200);
        assertThat(decide("?policy=standard@" + digest.substring(7, 15), body).status())
                .isEqualTo(200);
        Reply unknown = decide("?policy=standart", body);
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().at("/errors/0/parameter").asText()).isEqualTo("policy");
        assertThat(unknown.json().at("/errors/0/message").asText())
                .isEqualTo("`standart` is not a policy here. Maybe `standard`");
        assertThat(decide("?policy=standard@0000000000", body).status()).isEqualTo(422);
        assertThat(decide("?policy=standard@", body).status()).isEqualTo(422);
    }

    @Test
    void decide_withoutRecord_leavesNothingBehind() {
        String id = decide("?record=false", Samples.complete(Samples.vm("a", 1, 4)))
                .json()
                .at("/decisions/0/id")
                .asText();

        assertThat(http.get("/v1/decisions/" + id).status()).isEqualTo(404);
        assertThat(http.get("/v1/decisions").json().get("decisions")).isEmpty();
    }

    @Test
    void get_afterDecide_givesTheSameDecision() {
        JsonNode decided = decide("?explain=full", Samples.complete(Samples.vm("a", 1, 4)))
                .json()
                .get("decisions")
                .get(0);
        String path = "/v1/decisions/" + decided.get("id").asText();

        assertThat(http.get(path + "?explain=full").json()).isEqualTo(decided);
        assertThat(http.get(path).json().has("trace")).isFalse();
        assertThat(http.get(path + "/trace").json()).isEqualTo(decided.get("trace"));
    }

    @Test
    void trace_asText_tellsWhatWasSeenAndSaid() {
        String id = decide("", Samples.complete(Samples.vm("a", 1, 4)))
                .json()
                .at("/decisions/0/id")
                .asText();

        Reply text = http.get("/v1/decisions/" + id + "/trace", "Accept", "text/plain");

        assertThat(text.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
        assertThat(text.text())
                .startsWith("a: reclassify to m5.large\n")
                .contains("decided 2025-03-01T12:00:00Z by policy standard sha256:")
                .contains("\nrequire\n  1. ")
                .contains("      saw  f1 ")
                .contains("      said ");
        assertThat(http.get("/v1/decisions/" + id + "/trace", "Accept", "text/plain;q=0.5, application/json")
                        .header("Content-Type"))
                .isEqualTo("application/json");
        assertThat(http.get("/v1/decisions/unknown/trace").status()).isEqualTo(404);
    }

    @Test
    void list_goesFromTheNewestByPages() {
        for (int i = 0; i < 5; i++) {
            decide("", Samples.complete(Samples.vm("vm-" + i, 1, 4)));
        }
        decide("", Samples.complete(Samples.vm("big", 6.3, 25)));

        List<String> seen = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 3; page++) {
            JsonNode json = http.get("/v1/decisions?limit=2" + cursor).json();
            seen.addAll(json.get("decisions").findValuesAsText("vm"));
            assertThat(json.has("next")).isEqualTo(page < 2);
            cursor = "&cursor=" + json.path("next").asText();
        }
        assertThat(seen).containsExactly("big", "vm-4", "vm-3", "vm-2", "vm-1", "vm-0");
        assertThat(http.get("/v1/decisions?action=keep").json().get("decisions").findValuesAsText("vm"))
                .containsExactly("big");
        assertThat(http.get("/v1/decisions?vm=vm-3&explain=summary").json().at("/decisions/0/fired"))
                .isNotEmpty();
        assertThat(http.get("/v1/decisions?vm=nobody").json().get("decisions")).isEmpty();
    }

    @Test
    void list_bySaving_holdsThoseThatSaveSoMuch() {
        JsonNode saving =
                decide("", Samples.complete(Samples.vm("small", 1, 4))).json();
        decide("", Samples.complete(Samples.vm("big", 6.3, 25)));
        double amount = saving.at("/decisions/0/saving_usd_month").asDouble();

        assertThat(amount).isPositive();
        // What is shown is rounded to seven digits, what is compared is not.
        assertThat(listed("min_saving_usd_month=" + (amount - 0.01))).containsExactly("small");
        assertThat(listed("min_saving_usd_month=" + (amount + 0.01))).isEmpty();
        assertThat(listed("min_saving_usd_month=-1e3")).containsExactly("big", "small");
        assertThat(http.get("/v1/decisions?min_saving_usd_month=much").json().at("/errors/0/message"))
                .hasToString("\"`min_saving_usd_month` is a text, not a number\"");
        assertThat(http.get("/v1/decisions?min_saving_usd_month=1e400").status())
                .isEqualTo(400);
    }

    private List<String> listed(String filter) {
        return http.get("/v1/decisions?" + filter).json().get("decisions").findValuesAsText("vm");
    }

    @Test
    void decide_ofAGroupMember_countsTheHeldMembers() {
        ObjectNode one = Samples.vm("one", 1, 4).put("group", "web");
        one.putObject("sla").put("min_availability", 0.9999);
        ObjectNode two = Samples.vm("two", 1, 4).put("group", "web");
        http.put("/v1/vms/two", two.toString());

        JsonNode alone = decide(
                        "?explain=full&record=false",
                        Samples.complete(one.deepCopy().put("group", "other")))
                .json();
        JsonNode pair =
                decide("?explain=full&record=false", Samples.complete(one)).json();

        assertThat(members(alone)).isEqualTo(1);
        assertThat(members(pair)).isEqualTo(2);
    }

    private static int members(JsonNode reply) {
        for (JsonNode fact : reply.at("/decisions/0/trace/facts")) {
            if (fact.get("kind").asText().equals("Redundancy")) {
                return fact.at("/fact/members").asInt();
            }
        }
        throw new AssertionError("no redundancy in " + reply);
    }
}
