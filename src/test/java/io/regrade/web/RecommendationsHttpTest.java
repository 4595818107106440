package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.web.Http.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecommendationsHttpTest {

    private static final String UNTIL = "2099-01-01T00:00:00Z";
    private static final String WITH_END = "{\"reason\":\"the team moves in May\",\"until\":\"" + UNTIL + "\"}";

    private TestServer server;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        server = new TestServer();
        http = server.http;
        StringBuilder targets = new StringBuilder();
        Samples.targets().forEach(target -> targets.append(target).append('\n'));
        http.post("/v1/targets", "application/x-ndjson", targets.toString());
        hold("web-1");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void hold(String vm) {
        assertThat(http.put(
                                "/v1/vms/" + vm,
                                Samples.vm(vm, 1, 4).put("owner", "shop").toString())
                        .status())
                .isEqualTo(201);
    }

    private JsonNode decide(String vm) {
        return http.post("/v1/decisions", Http.JSON, "{\"vms\":[{\"id\":\"" + vm + "\"}]}")
                .json()
                .at("/decisions/0");
    }

    private JsonNode list(String query) {
        Reply reply = http.get("/v1/recommendations" + query);
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.json().get("recommendations");
    }

    private Reply say(String id, String verb, String body, String... headers) {
        return http.post("/v1/recommendations/" + id + "/" + verb, Http.JSON, body, headers);
    }

    @Test
    void aDecisionOnAHeldMachine_makesARecommendation_withItsLife() {
        JsonNode decision = decide("web-1");
        assertThat(decision.get("action").asText()).isEqualTo("reclassify");

        JsonNode open = list("?vm=web-1&state=open&action=reclassify&owner=shop&cloud=aws&min_saving_usd_month=1")
                .get(0);
        assertThat(open.get("target")).isEqualTo(decision.get("target"));
        assertThat(open.get("saving_usd_month")).isEqualTo(decision.get("saving_usd_month"));
        assertThat(open.get("decision")).isEqualTo(decision.get("id"));
        String id = open.get("id").asText();
        Reply read = http.get("/v1/recommendations/" + id);
        assertThat(read.json().get("allowed").toString()).isEqualTo("[\"approve\",\"dismiss\",\"snooze\"]");
        assertThat(http.get("/v1/recommendations/" + id, "If-None-Match", read.header("ETag"))
                        .status())
                .isEqualTo(304);

        Reply approved = say(id, "approve", "{}", "Regrade-Actor", "jane", "If-Match", read.header("ETag"));
        assertThat(approved.status()).isEqualTo(200);
        assertThat(approved.json().get("state").asText()).isEqualTo("approved");
        assertThat(approved.json().get("by").asText()).isEqualTo("jane");
        assertThat(say(id, "dismiss", WITH_END, "If-Match", read.header("ETag")).status())
                .isEqualTo(412);
        JsonNode done = say(id, "execute", "{\"by_hand\":true,\"reason\":\"in the night window\"}")
                .json();
        assertThat(done.get("state").asText()).isEqualTo("executed");
        assertThat(done.get("history").findValuesAsText("what")).containsExactly("opened", "approve", "execute");
        assertThat(done.at("/history/2/reason").asText()).isEqualTo("in the night window");
        assertThat(done.get("allowed")).isEmpty();
    }

    @Test
    void advice_thatStays_isNoNewRecommendation() {
        decide("web-1");
        JsonNode before = list("").get(0);
        // Other use, another decision, the same advice.
        http.put("/v1/vms/web-1", Samples.vm("web-1", 1.01, 4.1).toString());
        decide("web-1");

        assertThat(list("")).hasSize(1);
        assertThat(list("").get(0).get("id")).isEqualTo(before.get("id"));
        assertThat(list("").get(0).get("confirmations").asInt()).isEqualTo(1);
        assertThat(list("").get(0).get("decision")).isNotEqualTo(before.get("decision"));
    }

    @Test
    void aQuestion_makesNone() {
        http.post("/v1/decisions?record=false", Http.JSON, "{\"vms\":[{\"id\":\"web-1\"}]}");
        http.post(
                "/v1/decisions",
                Http.JSON,
                Samples.complete(Samples.vm("web-1", 1, 4)).toString());
        http.post(
                "/v1/decisions",
                Http.JSON,
                Samples.request(Samples.vm("stranger", 1, 4)).toString());

        assertThat(list("")).isEmpty();
    }

    @Test
    void aWrongStep_is409_andSaysWhatIsPossible() {
        decide("web-1");
        String id = list("").get(0).get("id").asText();

        Reply refused = say(id, "execute", "{}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("type").asText()).isEqualTo("urn:regrade:problem:wrong-state");
        assertThat(refused.json().get("detail").asText())
                .contains("is open", "`execute` is not possible", "`approve` or `dismiss` or `snooze`");
        assertThat(say("0".repeat(32), "approve", "{}").status()).isEqualTo(404);
        assertThat(say("x", "approve", "{}").status()).isEqualTo(404);
        assertThat(http.get("/v1/recommendations/x").status()).isEqualTo(404);
    }

    @Test
    void aDismissal_needsAReasonAndAnEndToCome() {
        decide("web-1");
        String id = list("").get(0).get("id").asText();

        for (String body : new String[] {
            "{}",
            "{\"reason\":\"no\"}",
            "{\"until\":\"" + UNTIL + "\"}",
            "{\"reason\":\" \",\"until\":\"" + UNTIL + "\"}",
            "{\"reason\":\"no\",\"until\":\"soon\"}",
            "{\"reason\":\"no\",\"until\":\"+999999999-01-01T00:00:00Z\"}",
            "{\"reason\":\"no\",\"until\":\"9999-12-31T23:59:59-18:00\"}",
            "{\"reason\":\"no\",\"until\":\"2020-01-01T00:00:00Z\"}"
        }) {
            assertThat(say(id, "dismiss", body).status()).as(body).isEqualTo(400);
        }
        assertThat(say(id, "snooze", "{}").status()).isEqualTo(400);
        JsonNode empty = say(id, "dismiss", "{\"reason\":\"\",\"until\":\"" + UNTIL + "\"}")
                .json();
        assertThat(empty.get("errors")).as("told once").hasSize(1);
        JsonNode typo = say(id, "dismiss", WITH_END.replace("reason", "raeson")).json();
        assertThat(typo.get("errors").toString()).contains("`raeson` is not known. Maybe `reason`", "/raeson");
        assertThat(list("").get(0).get("state").asText()).isEqualTo("open");
    }

    @Test
    void aDismissal_isAFactOfTheNextDecisions_whichSaySo_andCanBeReplayed() {
        JsonNode before = decide("web-1");
        String advised = before.at("/target/id").asText();
        say(list("").get(0).get("id").asText(), "dismiss", WITH_END, "Regrade-Actor", "jane");

        JsonNode after = decide("web-1");
        assertThat(after.at("/target/id").asText()).isNotEqualTo(advised);
        assertThat(after.get("facts")).isNotEqualTo(before.get("facts"));
        assertThat(after.get("rejected").toString())
                .contains("dismissed-target", "dismissed by jane until " + UNTIL + ": the team moves in May");
        String id = after.get("id").asText();
        assertThat(http.get("/v1/decisions/" + id + "/evidence")
                        .json()
                        .at("/facts/dismissals/0/target")
                        .asText())
                .isEqualTo(advised);
        assertThat(http.post("/v1/decisions/" + id + "/replay", Http.JSON, "")
                        .json()
                        .get("result")
                        .asText())
                .isEqualTo("equal");
        // Who asks about other targets asks about another world.
        JsonNode other = http.post(
                        "/v1/decisions",
                        Http.JSON,
                        Samples.complete(Samples.vm("web-1", 1, 4)).toString())
                .json()
                .at("/decisions/0");
        assertThat(other.at("/target/id").asText()).isEqualTo(advised);
    }

    @Test
    void aDismissal_isSeenByAnEvaluationOfTheFleet() {
        hold("web-2");
        String advised = decide("web-1").at("/target/id").asText();
        say(list("").get(0).get("id").asText(), "dismiss", WITH_END);

        String evaluation =
                http.post("/v1/evaluations", Http.JSON, "{}").json().get("id").asText();
        http.get("/v1/evaluations/" + evaluation + "/events");

        JsonNode decided =
                http.get("/v1/decisions?evaluation=" + evaluation).json().get("decisions");
        assertThat(decided).hasSize(2);
        for (JsonNode one : decided) {
            boolean dismissed = one.get("vm").asText().equals("web-1");
            assertThat(one.at("/target/id").asText().equals(advised)).isEqualTo(!dismissed);
        }
        assertThat(list("?state=open").findValuesAsText("vm")).contains("web-2");
    }

    @Test
    void whatIsSentTwice_isSaidOnce() {
        decide("web-1");
        String id = list("").get(0).get("id").asText();

        Reply first = say(id, "approve", "{}", "Idempotency-Key", "k");
        Reply second = say(id, "approve", "{}", "Idempotency-Key", "k");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.json()).isEqualTo(first.json());
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    }

    @Test
    void lists_comeInPages_asCsvAndNdjson() {
        hold("web-2");
        decide("web-1");
        decide("web-2");

        Reply csv = http.get("/v1/recommendations?limit=1", "Accept", "text/csv");
        assertThat(csv.text()).startsWith("id,vm,state,action,target,").contains(",web-2,open,reclassify,");
        String next = csv.header("Link").replaceAll("^<|>.*", "");
        Reply ndjson = http.get(next, "Accept", "application/x-ndjson");
        assertThat(ndjson.text().lines()).singleElement().asString().contains("\"vm\":\"web-1\"");
        assertThat(ndjson.header("Link")).isEmpty();
        assertThat(http.get("/v1/recommendations?state=nope").status()).isEqualTo(400);
        assertThat(http.get("/v1/recommendations?cursor=nope").status()).isEqualTo(400);
    }
}
