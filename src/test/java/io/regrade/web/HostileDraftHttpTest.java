package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.db.TestPostgres;
import io.regrade.pipeline.child.ChildJvm;
import io.regrade.pipeline.child.ChildLimits;
import io.regrade.policy.bundle.Bundle;
import io.regrade.policy.bundle.BundleArchive;
import io.regrade.policy.bundle.TrustedKeys;
import io.regrade.web.Http.Reply;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

/** Drafts that nobody should run: what they do stays in a process that is killed, and the server goes on answering. */
class HostileDraftHttpTest {

    private static final Duration HANGS = Duration.ofMinutes(3);

    /** Has a draft checked under these limits, and asks the server for a decision while it runs. */
    private static JsonNode check(SortedMap<String, String> files, ChildLimits limits) throws Exception {
        try (ChildJvm children = new ChildJvm("io.regrade.app.Main", limits);
                TestServer server =
                        PolicyLifeHttpTest.server(TestPostgres.freshDatabase(), children, TrustedKeys.ANY)) {
            Reply created = server.http.send(
                    "POST",
                    "/v1/policies/tiny/drafts",
                    BodyPublishers.ofByteArray(BundleArchive.write(Bundle.unsigned(files))),
                    "Content-Type",
                    "application/gzip",
                    "Regrade-Actor",
                    "mallory");
            assertThat(created.status()).as(created.text()).isEqualTo(201);
            String draft = "/v1/drafts/" + created.json().get("id").asText();
            String run = server.http
                    .post(draft + "/check", Http.JSON, "{}", "Regrade-Actor", "mallory")
                    .header("Location");
            Instant end = Instant.now().plus(HANGS);
            JsonNode state = server.http.get(run).json();
            while (List.of("waiting", "running").contains(state.get("state").asText())) {
                assertThat(Instant.now()).as("the run hangs").isBefore(end);
                Reply decided = server.http.post(
                        "/v1/decisions", Http.JSON, "{\"vms\":[{\"id\":\"a\",\"vcpu\":2}],\"targets\":[]}");
                assertThat(decided.json().at("/decisions/0/action").asText()).isEqualTo("keep");
                Thread.sleep(200);
                state = server.http.get(run).json();
            }
            assertThat(server.http.get(draft).json().get("state").asText()).isEqualTo("draft");
            Reply awaited = server.http.get(run);
            assertThat(awaited.json().at("/problem/type").asText()).isEqualTo("urn:regrade:problem:run-stopped");
            assertThat(ProcessHandle.current()
                            .descendants()
                            .filter(process ->
                                    process.info().commandLine().orElse("").contains("regrade.deadline")))
                    .isEmpty();
            return state.get("problem");
        }
    }

    @Test
    void aDraft_thatEatsTheHeap_isStopped() throws Exception {
        SortedMap<String, String> files = TinyPolicy.files("hungry");
        String some = "cpu in (" + "1,".repeat(998) + "1)"; // no list is too long, but all of them are
        String many = String.join(", ", Collections.nCopies(480, some));
        files.put(TinyPolicy.RULES, TinyPolicy.rules("hungry", "").replace("Vm()", "Vm( " + many + " )"));

        JsonNode problem = check(files, new ChildLimits(64, 120, ChildLimits.OUTPUT_BYTES));

        assertThat(problem.get("kind").asText()).as(problem.toString()).isEqualTo("memory-limit");
        assertThat(problem.get("detail").asText()).contains("64 MiB of heap (`heap_mib` of `drafts`)");
    }

    @Test
    void aDraft_thatTakesTooLong_isKilled() throws Exception {
        SortedMap<String, String> files = TinyPolicy.files("slow");
        for (int i = 0; i < 400; i++) {
            files.put(
                    "choose/more" + i + ".drl",
                    TinyPolicy.rules("slow", "")
                            .replace("stay", "stay-" + i)
                            .replace("Everything stays", "Everything stays " + i));
        }

        JsonNode problem = check(files, new ChildLimits(192, 1, ChildLimits.OUTPUT_BYTES));

        assertThat(problem.get("kind").asText()).as(problem.toString()).isEqualTo("time-limit");
        assertThat(problem.get("detail").asText()).contains("more than 1 s").contains("was killed");
    }
}
