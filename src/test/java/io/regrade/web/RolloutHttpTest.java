package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.engine.drools.DroolsCompiler;
import io.regrade.ledger.Drafts.Contents;
import io.regrade.pipeline.LoadedPolicies;
import io.regrade.pipeline.Policies;
import io.regrade.pipeline.PolicyChoice;
import io.regrade.pipeline.ReadyPolicy;
import io.regrade.pipeline.StoredVersions;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.bundle.TrustedKeys;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Canaries, shadows and pinned versions over HTTP, with three small policies that can be told apart by what they say. */
class RolloutHttpTest {

    private static final DroolsCompiler COMPILER = new DroolsCompiler();

    /** Stored, and loaded when it is asked for. */
    private static final SortedMap<String, String> NEXT = files("nothing is known", "Choice.insufficientData");

    private static final String DIGEST = PolicyReader.digest(NEXT);

    private static LoadedPolicies compiled;
    private static Policies policies;

    private TestServer server;

    private static SortedMap<String, String> files(String why, String choice) {
        return io.regrade.policy.Policies.small(
                "choose/keep.drl",
                io.regrade.policy.Policies.drl(
                        "choose",
                        io.regrade.policy.Policies.rule("only", "Vm()", "insert(" + choice + "(\"" + why + "\"));")));
    }

    @BeforeAll
    static void compile() {
        compiled = new LoadedPolicies(COMPILER);
        policies = new Policies(
                List.of(
                        ReadyPolicy.of(PolicyReader.of(files("it stays", "Choice.keep")), COMPILER),
                        ReadyPolicy.of(PolicyReader.of(other(files("it is frozen", "Choice.keep"))), COMPILER)),
                compiled,
                new PolicyChoice("small", List.of(new PolicyChoice.Rule(null, null, "payments", "other"))),
                new StoredVersions(
                        digest -> DIGEST.startsWith(digest)
                                ? Optional.of(new Contents(DIGEST, NEXT, null))
                                : Optional.empty(),
                        TrustedKeys.ANY),
                3);
    }

    private static SortedMap<String, String> other(SortedMap<String, String> files) {
        files.computeIfPresent("policy.yaml", (name, text) -> text.replace("name: small", "name: other"));
        return files;
    }

    @AfterAll
    static void close() {
        policies.close();
    }

    @BeforeEach
    void start() throws Exception {
        server = new TestServer(policies);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private JsonNode decide(String query, ObjectNode... vms) {
        return server.http
                .post("/v1/decisions" + query, Http.JSON, Samples.complete(vms).toString())
                .json()
                .get("decisions");
    }

    private static ObjectNode[] machines(int count) {
        ObjectNode[] machines = new ObjectNode[count];
        for (int i = 0; i < count; i++) {
            machines[i] = Samples.vm("vm-" + i, 1, 4);
        }
        return machines;
    }

    @Test
    void aPinnedVersion_thatIsOnlyStored_decides() {
        JsonNode decision = decide("?record=false&policy=small@" + DIGEST.substring(7, 17), machines(1))
                .get(0);

        assertThat(decision.at("/policy/digest").asText()).isEqualTo(DIGEST);
        assertThat(decision.get("why").asText()).isEqualTo("nothing is known");
        assertThat(server.http
                        .post(
                                "/v1/decisions?policy=small@12345678",
                                Http.JSON,
                                Samples.complete(machines(1)).toString())
                        .json()
                        .toString())
                .contains("`small` has no version `12345678` here. Maybe `sha256:");
    }

    @Test
    void oneBatch_isDecidedByThePolicyThatEachMachineIsFor() {
        ObjectNode tagged = Samples.vm("tagged", 1, 4);
        tagged.putObject("tags").put("policy", "other");
        JsonNode decisions = decide(
                "?record=false",
                Samples.vm("plain", 1, 4),
                Samples.vm("owned", 1, 4).put("owner", "payments"),
                tagged);

        assertThat(decisions.findValuesAsText("why")).containsExactly("it stays", "it is frozen", "it is frozen");
        assertThat(decisions.findValues("policy"))
                .extracting(policy -> policy.get("name").asText())
                .containsExactly("small", "other", "other");
    }

    @Test
    void aCanary_decidesAShare_growsWithTheSameMachines_andIsWithdrawnOrPromoted() {
        assertThat(server.http.get("/v1/policies/small/canary").status()).isEqualTo(404);
        Set<String> before = new HashSet<>();
        for (int share : List.of(20, 60)) {
            Http.Reply started = server.http.post(
                    "/v1/policies/small/canary",
                    Http.JSON,
                    "{\"digest\":\"" + DIGEST.substring(7, 20) + "\",\"share\":" + share + "}",
                    "Regrade-Actor",
                    "ann");
            assertThat(started.status()).as(started.text()).isEqualTo(200);
            assertThat(started.json().get("digest").asText()).isEqualTo(DIGEST);
            Set<String> now = new HashSet<>();
            for (JsonNode decision : decide("?record=false", machines(100))) {
                if (decision.at("/policy/digest").asText().equals(DIGEST)) {
                    assertThat(decision.get("why").asText()).isEqualTo("nothing is known");
                    now.add(decision.at("/vm").asText());
                }
            }
            assertThat(now).hasSizeBetween(share - 15, share + 15).containsAll(before);
            before = now;
        }
        assertThat(server.http
                        .get("/v1/policies/small/canary")
                        .json()
                        .get("share")
                        .asDouble())
                .isEqualTo(60);
        JsonNode listed = server.http.get("/v1/policies").json().at("/policies/1");
        assertThat(listed.at("/canary/digest").asText()).isEqualTo(DIGEST);
        assertThat(server.http
                        .delete("/v1/policies/small/canary", "Regrade-Actor", "ann")
                        .status())
                .isEqualTo(200);
        assertThat(decide("?record=false", machines(100)).findValuesAsText("why"))
                .containsOnly("it stays");
        assertThat(server.http
                        .delete("/v1/policies/small/canary", "Regrade-Actor", "ann")
                        .status())
                .isEqualTo(404);
        assertThat(server.http.get("/v1/policies/no-such/canary").status()).isEqualTo(404);
        assertThat(server.http
                        .post(
                                "/v1/policies/small/canary",
                                Http.JSON,
                                "{\"digest\":\"" + DIGEST + "\",\"share\":101}",
                                "Regrade-Actor",
                                "ann")
                        .status())
                .isIn(400, 422);
    }

    @Test
    void whoChangesWhatDecides_saysWhoTheyAre() {
        String body = "{\"digest\":\"" + DIGEST + "\",\"share\":5}";
        for (String path : List.of("canary", "shadow", "canary/promote")) {
            Http.Reply refused = server.http.post("/v1/policies/small/" + path, Http.JSON, body);
            assertThat(refused.status()).as(path + refused.text()).isEqualTo(400);
            assertThat(refused.text()).as(path).contains("Regrade-Actor");
        }
        for (String path : List.of("canary", "shadow")) {
            assertThat(server.http.delete("/v1/policies/small/" + path).status())
                    .as(path)
                    .isEqualTo(400);
        }
    }

    @Test
    void aShadow_decidesBesideWithoutBeingAnsweredOrRecorded_andReports() throws Exception {
        Http.Reply started = server.http.post(
                "/v1/policies/small/shadow", Http.JSON, "{\"digest\":\"" + DIGEST + "\"}", "Regrade-Actor", "ann");
        assertThat(started.status()).as(started.text()).isEqualTo(200);

        JsonNode decisions = decide("", machines(20));

        assertThat(decisions.findValuesAsText("why")).hasSize(20).containsOnly("it stays");
        JsonNode report = report(20);
        assertThat(report.get("different").asInt()).isEqualTo(20);
        assertThat(report.get("same").asInt() + report.get("failed").asInt()).isZero();
        assertThat(report.get("changes").toString())
                .isEqualTo("[{\"from\":\"keep\",\"to\":\"insufficient-data\",\"count\":20}]");
        JsonNode example = report.at("/examples/0");
        assertThat(example.get("vm").asText()).startsWith("vm-");
        assertThat(example.at("/live/why").asText()).isEqualTo("it stays");
        assertThat(example.at("/shadow/why").asText()).isEqualTo("nothing is known");
        assertThat(server.http.get("/metrics").text())
                .contains("regrade_policy_shadow_decisions_total{digest=\"" + DIGEST
                        + "\",outcome=\"different\",policy=\"small\"} 20.0")
                .contains("regrade_policy_shadow_changes_total{digest=\"" + DIGEST
                        + "\",from=\"keep\",policy=\"small\",to=\"insufficient-data\"} 20.0");
        assertThat(server.http.get("/v1/decisions?limit=100").json().get("decisions"))
                .hasSize(20)
                .allSatisfy(
                        decision -> assertThat(decision.get("action").asText()).isEqualTo("keep"));
        assertThat(server.http
                        .delete("/v1/policies/small/shadow", "Regrade-Actor", "ann")
                        .json()
                        .get("different")
                        .asInt())
                .isEqualTo(20);
        assertThat(server.http.get("/v1/policies/small/shadow").status()).isEqualTo(404);
        assertThat(server.http
                        .delete("/v1/policies/small/shadow", "Regrade-Actor", "ann")
                        .status())
                .isEqualTo(404);
    }

    /** The report once it has come so far; its test fails when it does not within half a minute. */
    private JsonNode report(int decided) throws InterruptedException {
        JsonNode report = null;
        for (int i = 0; i < 3000; i++) {
            report = server.http.get("/v1/policies/small/shadow").json();
            int done = 0;
            for (String outcome : List.of("same", "different", "failed", "dropped")) {
                done += report.get(outcome).asInt();
            }
            if (done >= decided) {
                break;
            }
            Thread.sleep(10);
        }
        return report;
    }

    @Test
    void aCanary_thatIsPromoted_isActive_andAnEvaluationKeepsWhatItBeganWith() {
        server.http.post(
                "/v1/policies/small/canary",
                Http.JSON,
                "{\"digest\":\"" + DIGEST + "\",\"share\":50}",
                "Regrade-Actor",
                "ann");
        ObjectNode vms = Samples.request(machines(40));
        for (JsonNode vm : vms.get("vms")) {
            assertThat(server.http
                            .put("/v1/vms/" + vm.get("id").asText(), vm.toString())
                            .status())
                    .isEqualTo(201);
        }
        Http.Reply begun = server.http.post("/v1/evaluations", Http.JSON, "{}");
        assertThat(begun.status()).isEqualTo(202);
        Http.Reply promoted = server.http.send(
                "POST",
                "/v1/policies/small/canary/promote",
                java.net.http.HttpRequest.BodyPublishers.noBody(),
                "Regrade-Actor",
                "ann");
        assertThat(promoted.status()).as(promoted.text()).isEqualTo(200);
        assertThat(policies.find("small").ref().digest()).isEqualTo(DIGEST);

        String at = "/v1/evaluations/" + begun.json().get("id").asText();
        while (server.http.get(at).json().get("state").asText().equals("running")) {
            Thread.onSpinWait();
        }
        Map<String, Integer> byDigest = new java.util.HashMap<>();
        for (JsonNode decision :
                server.http.get("/v1/decisions?limit=100").json().get("decisions")) {
            byDigest.merge(decision.at("/policy/digest").asText(), 1, Integer::sum);
        }
        assertThat(byDigest).hasSize(2).containsKey(DIGEST);
        assertThat(byDigest.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
        policies.rollback("small");
    }
}
