package io.regrade.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.db.embedded.SharedPrograms;
import io.regrade.web.TinyPolicy;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version that was activated is in force, whatever happens to the server after it said so. */
class KilledAfterActivationTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path directory;

    private static JsonNode tree(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
        return JSON.readTree(answer.body());
    }

    private static JsonNode decide(ForkedServer server) throws Exception {
        return tree(server.post("/v1/decisions", "{\"vms\":[{\"id\":\"a\",\"vcpu\":2}],\"targets\":[]}"))
                .at("/decisions/0");
    }

    /** Has a draft checked or tested, and waits for the end. */
    private static void run(ForkedServer server, String draft, String work) throws Exception {
        HttpResponse<String> begun = server.post(draft + "/" + work, "{}", "ann");
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(202);
        JsonNode run = JSON.readTree(begun.body());
        while (List.of("waiting", "running").contains(run.get("state").asText())) {
            Thread.sleep(100); // its process ends within the limit of time of drafts
            run = tree(server.get(begun.headers().firstValue("Location").orElseThrow()));
        }
        assertThat(run.get("state").asText()).as(run.toString()).isEqualTo("passed");
    }

    private static String activate(ForkedServer server) throws Exception {
        String changed = JSON.createObjectNode()
                .put("base", "active")
                .put("comment", "other words")
                .set("files", JSON.createObjectNode().put(TinyPolicy.RULES, TinyPolicy.rules("as drafted", "")))
                .toString();
        String draft = "/v1/drafts/"
                + tree(server.post("/v1/policies/tiny/drafts", changed, "ann"))
                        .get("id")
                        .asText();
        run(server, draft, "check");
        run(server, draft, "test");
        tree(server.post(draft + "/submit", "{}", "ann"));
        tree(server.post(draft + "/approve", "{}", "bob"));
        JsonNode active = tree(server.post(draft + "/activate", "{}", "bob"));
        assertThat(active.get("state").asText()).isEqualTo("active");
        return active.get("digest").asText();
    }

    @Test
    void whatWasActivated_decidesAfterTheServerWasKilled() throws Exception {
        Path rules = directory.resolve("rules");
        for (Map.Entry<String, String> file : TinyPolicy.files("as on the disk").entrySet()) {
            Path path = rules.resolve("tiny").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        Path data = Files.createDirectory(directory.resolve("data"));
        Map<String, String> environment =
                Map.of("REGRADE_POLICIES_DIRECTORY", rules.toString(), "REGRADE_POLICIES_DEFAULT", "tiny");
        ForkedServer first = ForkedServer.start(SharedPrograms.in(data), environment);
        String digest;
        try (first) {
            assertThat(decide(first).get("why").asText()).contains("as on the disk");
            digest = activate(first);
            first.kill();
        }
        try (ForkedServer second = ForkedServer.start(SharedPrograms.in(data), environment)) {
            JsonNode decision = decide(second);
            assertThat(decision.at("/policy/digest").asText()).isEqualTo(digest);
            assertThat(decision.get("why").asText()).contains("as drafted");
            JsonNode versions = tree(second.get("/v1/policies/tiny/versions")).get("versions");
            assertThat(versions.at("/0/digest").asText()).isEqualTo(digest);
            assertThat(versions.at("/0/active").asBoolean()).isTrue();
        }
    }
}
