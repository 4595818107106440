package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.pipeline.impact.Comparison;
import io.regrade.pipeline.impact.Impact;
import io.regrade.pipeline.impact.ImpactJson;
import io.regrade.pipeline.impact.MeasureImpact;
import io.regrade.pipeline.impact.StreamSubjects;
import io.regrade.web.Http.Reply;
import io.regrade.web.contract.Schemas;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Facts that are exported, read back, and decided again: ids of decisions are made of all that they depend on. */
class FactsHttpTest {

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

    private void hold(String... ids) {
        Samples.targets()
                .forEach(target -> http.put("/v1/targets/" + target.get("id").asText(), target.toString()));
        for (String id : ids) {
            http.put("/v1/vms/" + id, Samples.vm(id, 1, 4).put("group", "web").toString());
        }
    }

    private String decided(String id) {
        String body = "{\"vms\":[{\"id\":\"" + id + "\"}]}";
        return http.post("/v1/decisions", Http.JSON, body)
                .json()
                .at("/decisions/0/id")
                .asText();
    }

    /** All pages one after the other. */
    private byte[] lines(String path) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String next = path; next != null; ) {
            Reply page = http.get(next, "Accept", "application/x-ndjson");
            assertThat(page.status()).isEqualTo(200);
            all.writeBytes(page.response().body());
            String link = page.header("Link");
            next = link.isEmpty() ? null : link.substring(1, link.indexOf('>'));
        }
        return all.toByteArray();
    }

    private static Impact measured(byte[] lines, List<Comparison> changed) throws InterruptedException {
        StreamSubjects subjects = new StreamSubjects(new ByteArrayInputStream(lines), "lines");
        var policy = TestServer.policies().byDefault();
        assertThat(subjects.active()).isEqualTo(policy.bundle().written());
        return new MeasureImpact(policy, policy, 2, 3).measure(subjects, changed::add, done -> {});
    }

    @Test
    void heldMachines_areDecidedAgainAsTheServerDecidesThem() throws Exception {
        hold("a", "b", "c");
        List<String> ids = List.of(decided("a"), decided("b"), decided("c"));

        byte[] lines = lines("/v1/facts?limit=2");

        StreamSubjects subjects = new StreamSubjects(new ByteArrayInputStream(lines), "lines");
        List<String> again = new ArrayList<>();
        for (var next = subjects.next(); next != null; next = subjects.next()) {
            var subject = next.get();
            again.add(new io.regrade.pipeline.DecideVm(
                            TestServer.policies().byDefault(),
                            subject.setting().catalog(),
                            subject.setting().pricing())
                    .decide(subject.facts(), subject.time())
                    .id());
        }
        assertThat(subjects.total()).isEqualTo(3);
        assertThat(again).isEqualTo(ids);
        JsonNode impact = ImpactJson.of(measured(lines, new ArrayList<>()));
        assertThat(impact.get("machines").asInt()).isEqualTo(3);
        assertThat(Schemas.findings("Impact", impact)).isEmpty();
    }

    @Test
    void pastDecisions_areExportedAndWhatIsErasedOrDroppedIsCounted() throws Exception {
        hold("a", "b", "c");
        List<String> ids = List.of(decided("a"), decided("b"));
        decided("c");
        http.post("/v1/vms/c/erasure", Http.JSON, "{\"reason\":\"left\"}");
        server.execute("insert into retention (month, decisions, at) values ('2024-01-01', 7, now()),"
                + " ('2024-03-01', 4, now())");

        Impact all = measured(lines("/v1/facts?of=decisions&limit=2"), new ArrayList<>());
        Impact part = measured(
                lines("/v1/facts?of=decisions&from=2024-02-01T00:00:00Z&until=2025-03-02T00:00:00Z"),
                new ArrayList<>());
        Impact none = measured(lines("/v1/facts?of=decisions&until=2024-01-15T00:00:00Z"), new ArrayList<>());

        assertThat(all.machines()).isEqualTo(2);
        assertThat(all.unusable()).containsEntry("erased", 1L).containsEntry("dropped", 11L);
        assertThat(part.machines()).isEqualTo(2);
        assertThat(part.unusable()).containsEntry("erased", 1L).containsEntry("dropped", 4L);
        assertThat(none.machines()).isZero();
        assertThat(none.unusable()).containsExactly(java.util.Map.entry("dropped", 7L));
        StreamSubjects subjects =
                new StreamSubjects(new ByteArrayInputStream(lines("/v1/facts?of=decisions")), "lines");
        List<String> past = new ArrayList<>();
        for (var next = subjects.next(); next != null; next = subjects.next()) {
            past.add(next.get().decision());
        }
        assertThat(past).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void cursorsAndMomentsOfAnotherKind_areRefused() {
        hold("a");
        assertThat(http.get("/v1/facts?cursor=x").status()).isEqualTo(400);
        assertThat(http.get("/v1/facts?cursor=2025-03-01T12:00:00Z.%25").status())
                .isEqualTo(400);
        assertThat(http.get("/v1/facts?of=decisions&from=yesterday").status()).isEqualTo(400);
        assertThat(http.get("/v1/facts?policy=other").status()).isEqualTo(422);
    }
}
