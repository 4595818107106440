package io.regrade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark of lists runs, and what its lists hold is what a plain count says; how fast they are, no test judges. */
@Tag("bench")
class QueryRunTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int ROWS = 20_000;
    private static final int MACHINES = 400;
    /** What a list is to hold, said without its indexes' order and its cursors. */
    private static final Map<String, String> MEANING = Map.of(
            "vm", "vm = ?",
            "action", "(array['keep', 'reclassify', 'instantiate', 'insufficient-data'])[action + 1] = ?",
            "rule", "exists (select from unnest(rules) r join term t on t.id = r where t.text = ?)",
            "target", "target = ?",
            "owner", "owner = ?",
            "policy", "policy in (select id from term where text = ?)",
            "evaluation", "replace(evaluation::text, '-', '') = ?",
            "from", "decided_at >= ?::timestamptz",
            "until", "decided_at < ?::timestamptz",
            "min_saving_usd_month", "saving >= ?::float8");

    @TempDir
    private Path directory;

    private final HttpClient client = HttpClient.newHttpClient();

    @Test
    void lists_holdWhatIsThere_page_by_page_andAreReported() throws Exception {
        try (QueryWorld world = QueryWorld.open(directory, ROWS, MACHINES);
                Connection connection = world.connect()) {
            Questions questions = Questions.of(connection, 1);
            int found = 0;
            for (String kind : questions.kinds()) {
                Question question = questions.next(kind);
                List<JsonNode> listed = walk(world.server(), question);
                assertThat((long) listed.size()).as("%s", question).isEqualTo(count(connection, question));
                String action = question.filters().get("action");
                String target = question.filters().get("target");
                for (JsonNode one : listed) {
                    assertThat(action == null || one.path("action").asText().equals(action))
                            .as("%s: %s", question, one)
                            .isTrue();
                    assertThat(target == null || one.at("/target/id").asText().equals(target))
                            .as("%s: %s", question, one)
                            .isTrue();
                }
                found += listed.isEmpty() ? 0 : 1;
            }
            assertThat(found)
                    .as("kinds of questions that found something")
                    .isGreaterThan(questions.kinds().size() / 2);
            assertThat(QueryRun.run(world, ROWS, 1))
                    .contains("20,000 decisions")
                    .containsPattern("\\| VM \\| [0-9.]+ \\| .*vm_decided_at_seq_idx")
                    .containsPattern("\\| rule, rare, deep \\| [0-9.]+ \\|");
        }
    }

    private List<JsonNode> walk(URI server, Question question) throws Exception {
        List<JsonNode> listed = new ArrayList<>();
        Question page = question.with("limit", "500");
        while (true) {
            HttpResponse<byte[]> answer = client.send(
                    HttpRequest.newBuilder(server.resolve(page.uri())).build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode json = MAPPER.readTree(answer.body());
            json.get("decisions").forEach(listed::add);
            if (!json.has("next")) {
                return listed;
            }
            page = page.with("cursor", json.get("next").asText());
        }
    }

    private static long count(Connection connection, Question question) throws SQLException {
        StringBuilder sql = new StringBuilder("select count(*) from decision where true");
        question.filters().keySet().forEach(name -> sql.append(" and ").append(MEANING.get(name)));
        try (PreparedStatement select = connection.prepareStatement(sql.toString())) {
            int place = 0;
            for (String value : question.filters().values()) {
                select.setString(++place, value);
            }
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}
