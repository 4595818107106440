package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.config.HttpConfig;
import io.regrade.decision.DecisionJson.Detail;
import io.regrade.ledger.Asker;
import io.regrade.ledger.DecisionRecord;
import io.regrade.ledger.Decisions;
import io.regrade.ledger.ErasedException;
import io.regrade.ledger.Evidence;
import io.regrade.ledger.Page;
import io.regrade.pipeline.EvidenceJson;
import io.regrade.web.Http.Reply;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evidence over HTTP, and what is asked of it. */
class EvidenceHttpTest {

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

    private String decided(ObjectNode... vms) {
        return "/v1/decisions/"
                + http.post("/v1/decisions", Http.JSON, Samples.complete(vms).toString())
                        .json()
                        .at("/decisions/0/id")
                        .asText();
    }

    @Test
    void evidence_hasEverythingTheDecisionWasMadeOf() {
        String path = decided(Samples.vm("a", 1, 4));

        JsonNode evidence = http.get(path + "/evidence").json();

        assertThat(evidence.get("decision"))
                .isEqualTo(http.get(path + "?explain=full").json());
        assertThat(evidence.at("/facts/vm/id").asText()).isEqualTo("a");
        assertThat(evidence.at("/catalogue/targets")).hasSize(4);
        assertThat(evidence.at("/policy").has("policy.yaml")).isTrue();
        assertThat(evidence.get("engine").asText()).startsWith("regrade/").contains(" drools/");
        assertThat(EvidenceJson.read(evidence).decidedAt()).isEqualTo(TestServer.NOW);
    }

    @Test
    void replay_byTheStoredPolicy_isEqual() {
        String path = decided(Samples.vm("a", 1, 4));

        JsonNode replay = http.post(path + "/replay", Http.JSON, "").json();

        assertThat(replay.get("result").asText()).isEqualTo("equal");
        assertThat(replay.get("policy").asText()).isEqualTo("stored");
        assertThat(replay.get("then")).isEqualTo(replay.get("now"));
        assertThat(replay.at("/now/target").asText()).isEqualTo("m5.large");
        assertThat(http.get("/v1/decisions").json().get("decisions")).hasSize(1);
        assertThat(http.post(path + "/replay?policy=standard", Http.JSON, "")
                        .json()
                        .get("result")
                        .asText())
                .isEqualTo("equal");
    }

    @Test
    void whyNot_saysWhatATargetLacks() {
        ObjectNode vm = Samples.vm("a", 3, 10);
        vm.putArray("modules")
                .addObject()
                .put("name", "db")
                .put("version", "3")
                .putArray("requires")
                .add("memory_gib>=9");
        String path = decided(vm);

        JsonNode answer = http.get(path + "/why-not/m5.large").json();

        assertThat(answer.get("result").asText()).isEqualTo("ruled-out");
        assertThat(answer.get("replay").asText()).isEqualTo("equal");
        assertThat(answer.get("chosen").asText()).isEqualTo("m5.xlarge");
        JsonNode memory = answer.at("/ruled_out_by/1");
        assertThat(memory.get("constraint").asText()).isEqualTo("memory_gib>=14.25");
        assertThat(memory.get("why").asText()).isEqualTo("needs 14.25 GiB, has 8, short 6.254");
        assertThat(memory.get("short").asDouble()).isCloseTo(6.254, within(0.001));
        assertThat(memory.get("unit").asText()).isEqualTo("GiB");
        assertThat(memory.at("/rule/id").asText()).isEqualTo("memory-demand");
        assertThat(memory.at("/rule/owner").asText()).isEqualTo("finops");
        assertThat(memory.get("source").asText()).isEqualTo("the highest use seen (10.5 GiB) and 35.8 % to spare");
        JsonNode module = answer.at("/ruled_out_by/2");
        assertThat(module.get("why").asText()).isEqualTo("needs 9 GiB, has 8, short 1");
        assertThat(module.get("source").asText()).isEqualTo("module db 3");
        assertThat(module.has("rule")).isFalse();

        Reply text = http.get(path + "/why-not/m5.large", "Accept", "text/plain");
        assertThat(text.header("Content-Type")).startsWith("text/plain");
        assertThat(text.text())
                .startsWith("Why not m5.large for a?\nruled-out: needs ")
                .contains("  needs 14.25 GiB, has 8, short 6.254\n")
                .contains(
                        "rule: memory-demand, Memory must hold the highest use seen, and more for as long as that is worth its price (finops)\n");
    }

    @Test
    void whyNot_ofAnyOtherTarget_saysWhatBecameOfIt() {
        String path = decided(Samples.vm("a", 1, 4));

        assertThat(http.get(path + "/why-not/m5.large").json().get("result").asText())
                .isEqualTo("chosen");
        JsonNode current = http.get(path + "/why-not/m5.2xlarge").json();
        assertThat(current.get("result").asText()).isEqualTo("current");
        assertThat(current.get("current").asBoolean()).isTrue();
        JsonNode outbid = http.get(path + "/why-not/m5.xlarge").json();
        assertThat(outbid.get("result").asText()).isEqualTo("outbid");
        assertThat(outbid.at("/comparison/rank").asInt()).isEqualTo(2);
        assertThat(outbid.at("/comparison/behind_usd_month").asDouble()).isEqualTo(78.11);
        assertThat(outbid.get("why").asText()).isEqualTo("it fits, and is worth $78.11 a month less than m5.large");

        Reply unknown = http.get(path + "/why-not/m5.larg");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.json().get("detail").asText())
                .isEqualTo("the catalogue of this decision has no target `m5.larg`. Maybe `m5.large`, `m5.xlarge`,"
                        + " `m5.2xlarge`");
        assertThat(http.get("/v1/decisions/none/why-not/m5.large").status()).isEqualTo(404);
        assertThat(http.get(path + "/why-not/m5.large", "Accept", "text/csv").status())
                .isEqualTo(406);
        assertThat(http.get(path + "/why-not/m5.large?explain=full").status()).isEqualTo(400);
    }

    @Test
    void whyNot_ofATargetWithSlashesInItsId_isFound() {
        ObjectNode request = Samples.request(Samples.vm("a", 1, 4));
        request.set("targets", Samples.targets().add(Samples.target("aws/eu/m5.huge", 96, 384, 5)));
        String path = "/v1/decisions/"
                + http.post("/v1/decisions", Http.JSON, request.toString())
                        .json()
                        .at("/decisions/0/id")
                        .asText();

        for (String target : List.of("aws/eu/m5.huge", "aws%2Feu%2Fm5.huge")) {
            Reply reply = http.get(path + "/why-not/" + target);
            assertThat(reply.text()).contains("\"target\":{\"id\":\"aws/eu/m5.huge\"");
        }
    }

    @Test
    void counterfactuals_sayWhatTurnsTheDecision() {
        String path = decided(Samples.vm("a", 1, 4));

        Reply reply = http.get(path + "/counterfactuals");

        JsonNode answer = reply.json();
        assertThat(answer.get("replay").asText()).isEqualTo("equal");
        assertThat(answer.get("chosen").asText()).isEqualTo("m5.large");
        JsonNode first = answer.at("/counterfactuals/0");
        assertThat(first.at("/before/target").asText()).isEqualTo("m5.large");
        assertThat(first.get("after")).isNotEqualTo(first.get("before"));
        assertThat(answer.get("evaluations").asInt()).isBetween(100, 5_000);
        assertThat(http.get(path + "/counterfactuals").text()).isEqualTo(reply.text());

        JsonNode one = http.get(path + "/counterfactuals?fact=usage.memory_gib&limit=1")
                .json();
        assertThat(one.at("/counterfactuals")).hasSize(1);
        assertThat(one.at("/counterfactuals/0/fact").asText()).isEqualTo("usage.memory_gib");

        Reply text = http.get(path + "/counterfactuals", "Accept", "text/plain");
        assertThat(text.text())
                .startsWith("What would turn the decision about a? It is reclassify to m5.large, ")
                .contains("  1. becomes ", "What does not turn it\n");
    }

    @Test
    void counterfactuals_ofWhatIsNotKnown_areRefused() {
        String path = decided(Samples.vm("a", 1, 4));

        Reply unknown = http.get(path + "/counterfactuals?fact=usage.vcpus");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().at("/errors/0/parameter").asText()).isEqualTo("fact");
        assertThat(unknown.json().at("/errors/0/message").asText()).contains("Maybe `usage.vcpu`");
        assertThat(http.get(path + "/counterfactuals?limit=0").status()).isEqualTo(400);
        assertThat(http.get(path + "/counterfactuals", "Accept", "text/csv").status())
                .isEqualTo(406);
        assertThat(http.get("/v1/decisions/none/counterfactuals").status()).isEqualTo(404);
    }

    @Test
    void whatIsNotThere_isSaidSo() {
        String path = decided(Samples.vm("a", 1, 4));

        assertThat(http.get("/v1/decisions/none/evidence").status()).isEqualTo(404);
        assertThat(http.post("/v1/decisions/none/replay", Http.JSON, "").status())
                .isEqualTo(404);
        Reply reply = http.post(path + "/replay?policy=standart", Http.JSON, "");
        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().at("/errors/0/parameter").asText()).isEqualTo("policy");
    }

    @Test
    void whatWasErased_isGone() throws Exception {
        try (TestServer erased = with(found -> {
            throw new ErasedException("erased by jane on 2025-02-01");
        })) {
            for (String one : List.of("/evidence", "/why-not/m5.large", "/counterfactuals")) {
                Reply reply = erased.http.get("/v1/decisions/x" + one);
                assertThat(reply.status()).isEqualTo(410);
                assertThat(reply.json().get("detail").asText()).isEqualTo("erased by jane on 2025-02-01");
            }
            assertThat(erased.http.post("/v1/decisions/x/replay", Http.JSON, "").status())
                    .isEqualTo(410);
        }
    }

    @Test
    void evidenceThatWasTamperedWith_isAProblemThatNamesThePart() throws Exception {
        try (TestServer tampered = with(evidence -> new Evidence(
                evidence.decision(),
                "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                evidence.policyFiles(),
                evidence.catalog(),
                evidence.decidedAt(),
                evidence.engine()))) {
            String id = tampered.http
                    .post(
                            "/v1/decisions",
                            Http.JSON,
                            Samples.complete(Samples.vm("a", 1, 4)).toString())
                    .json()
                    .at("/decisions/0/id")
                    .asText();

            Reply reply = tampered.http.post("/v1/decisions/" + id + "/replay", Http.JSON, "");

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.json().get("type").asText()).isEqualTo("urn:regrade:problem:evidence-broken");
            assertThat(reply.json().get("detail").asText()).startsWith("the facts of the evidence is not what");
        }
    }

    private static TestServer with(UnaryOperator<Evidence> change) throws Exception {
        HttpConfig config = TestServer.CONFIG;
        return new TestServer(config, decisions -> new Changed(decisions, change), List.of());
    }

    /** Decisions whose evidence comes out changed. */
    private record Changed(Decisions inner, UnaryOperator<Evidence> change) implements Decisions {

        @Override
        public CompletionStage<Void> save(List<DecisionRecord> records) {
            return inner.save(records);
        }

        @Override
        public CompletionStage<Optional<ObjectNode>> byId(String id, Detail detail) {
            return inner.byId(id, detail);
        }

        @Override
        public CompletionStage<Optional<Evidence>> evidence(String id) {
            return inner.evidence(id).thenCompose(found -> {
                try {
                    return CompletableFuture.completedFuture(
                            found.isEmpty() ? Optional.of(change.apply(null)) : found.map(change));
                } catch (ErasedException e) {
                    return CompletableFuture.failedFuture(e);
                }
            });
        }

        @Override
        public CompletionStage<java.util.Optional<Integer>> erase(String vm, Asker by, String reason) {
            return inner.erase(vm, by, reason);
        }

        @Override
        public CompletionStage<Long> dropped(Instant from, Instant until) {
            return inner.dropped(from, until);
        }

        @Override
        public CompletionStage<Page<ObjectNode>> list(Query query) {
            return inner.list(query);
        }
    }
}
