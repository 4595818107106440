package io.regrade.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.execute.nova.NovaExecutor;
import io.regrade.execute.nova.NovaSettings;
import io.regrade.web.Http.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Approved moves on a real Nova: it is at the Keystone that {@code REGRADE_TEST_KEYSTONE} names, such as {@code
 * http://127.0.0.1:5000/v3}, where user, password and project are {@code admin}. Skipped without.
 */
@Timeout(300)
class NovaIT {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Map<String, String> FLAVORS = new HashMap<>();

    private static String token = "";
    private static String compute = "";
    private static String image = "";
    private static TestServer server;

    @BeforeAll
    static void start() throws Exception {
        String keystone = System.getenv("REGRADE_TEST_KEYSTONE");
        assumeThat(keystone)
                .as("there is no OpenStack here: REGRADE_TEST_KEYSTONE names no Keystone")
                .isNotNull();
        HttpResponse<String> auth = send("POST", keystone + "/auth/tokens", """
                {"auth": {"identity": {"methods": ["password"], "password": {"user": {"name": "admin",
                 "domain": {"name": "Default"}, "password": "admin"}}},
                 "scope": {"project": {"name": "admin", "domain": {"name": "Default"}}}}}""");
        token = auth.headers().firstValue("X-Subject-Token").orElseThrow();
        JsonNode catalog = MAPPER.readTree(auth.body()).at("/token/catalog");
        compute = endpoint(catalog, "compute");
        image = image(endpoint(catalog, "image") + "/v2/images");
        flavor("regrade.large", 4, 8192);
        flavor("regrade.small", 1, 2048);
        flavor("regrade.huge", 99_999, 2048);
        server = new TestServer(new NovaExecutor(new NovaSettings(
                URI.create(keystone), "admin", "admin", "admin", "Default", null, Duration.ofSeconds(60))));
        server.executions.start();
        for (ObjectNode target : new ObjectNode[] {
            Samples.target("regrade.small", 2, 8, 0.107), Samples.target("regrade.large", 8, 32, 0.428)
        }) {
            server.http.put("/v1/targets/" + target.get("id").asText(), target.toString());
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }

    private static String endpoint(JsonNode catalog, String type) {
        for (JsonNode service : catalog) {
            if (service.path("type").asText().equals(type)) {
                return service.at("/endpoints/0/url").asText();
            }
        }
        throw new IllegalStateException("there is no " + type + " service");
    }

    private static HttpResponse<String> send(String method, String url, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .header("Content-Type", "application/json")
                .header("OpenStack-API-Version", "compute 2.90");
        if (!token.isEmpty()) {
            request.header("X-Auth-Token", token);
        }
        HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode())
                .as(method + " " + url + ": " + response.body())
                .isLessThan(300);
        return response;
    }

    private static JsonNode json(String method, String url, String body) throws IOException, InterruptedException {
        return MAPPER.readTree(send(method, url, body).body());
    }

    private static String image(String images) throws IOException, InterruptedException {
        JsonNode known = json("GET", images, "").path("images");
        if (!known.isEmpty()) {
            return known.get(0).path("id").asText();
        }
        String id = json("POST", images, """
                {"name": "tiny", "disk_format": "raw", "container_format": "bare", "visibility": "public"}""").path("id").asText();
        HttpRequest upload = HttpRequest.newBuilder(URI.create(images + "/" + id + "/file"))
                .PUT(BodyPublishers.ofByteArray(new byte[1024]))
                .header("Content-Type", "application/octet-stream")
                .header("X-Auth-Token", token)
                .build();
        assertThat(CLIENT.send(upload, BodyHandlers.discarding()).statusCode()).isEqualTo(204);
        return id;
    }

    private static void flavor(String name, int vcpu, int mib) throws IOException, InterruptedException {
        for (JsonNode one : json("GET", compute + "/flavors", "").path("flavors")) {
            FLAVORS.put(one.path("name").asText(), one.path("id").asText());
        }
        if (!FLAVORS.containsKey(name)) {
            String body = "{\"flavor\": {\"name\": \"%s\", \"vcpus\": %d, \"ram\": %d, \"disk\": 0}}"
                    .formatted(name, vcpu, mib);
            FLAVORS.put(
                    name,
                    json("POST", compute + "/flavors", body).at("/flavor/id").asText());
        }
    }

    /** Boots a server and holds it as a machine; its id in both. */
    private static String booted(String name) throws IOException, InterruptedException {
        String id = json("POST", compute + "/servers", """
                {"server": {"name": "%s", "flavorRef": "%s", "imageRef": "%s", "networks": "none"}}""".formatted(name, FLAVORS.get("regrade.large"), image))
                .at("/server/id")
                .asText();
        while (!status(id).equals("ACTIVE")) {
            Thread.sleep(200);
        }
        ObjectNode vm = Samples.vm(name, 1, 4).put("type", "regrade.large");
        vm.putObject("tags").put("instance_id", id);
        server.http.put("/v1/vms/" + name, vm.toString());
        return id;
    }

    private static JsonNode found(String id) throws IOException, InterruptedException {
        return json("GET", compute + "/servers/" + id, "").path("server");
    }

    private static String status(String id) throws IOException, InterruptedException {
        return found(id).path("status").asText();
    }

    private static String flavor(String id) throws IOException, InterruptedException {
        return found(id).at("/flavor/original_name").asText();
    }

    private static JsonNode executed(String vm, String body) {
        server.http.post("/v1/decisions", Http.JSON, "{\"vms\":[{\"id\":\"" + vm + "\"}]}");
        String id = server.http
                .get("/v1/recommendations?vm=" + vm)
                .json()
                .at("/recommendations/0/id")
                .asText();
        server.http.post("/v1/recommendations/" + id + "/approve", Http.JSON, "{}", "Regrade-Actor", "jane");
        Reply begun =
                server.http.post("/v1/recommendations/" + id + "/execute", Http.JSON, body, "Regrade-Actor", "jane");
        assertThat(begun.status()).as(begun.text()).isEqualTo(202);
        return begun.json();
    }

    private static JsonNode until(JsonNode execution, String states) throws InterruptedException {
        while (true) {
            JsonNode now = server.http
                    .get("/v1/executions/" + execution.get("id").asText())
                    .json();
            if (now.get("state").asText().matches(states)) {
                return now;
            }
            Thread.sleep(100);
        }
    }

    private static final String OVER = "confirmed|rolled-back|failed|cancelled|unclear";

    @Test
    void aServer_isResizedAndConfirmed_andGotBackByAnExecutionOfItsOwn() throws Exception {
        String id = booted("walk-confirm");

        JsonNode done = until(executed("walk-confirm", "{}"), OVER);

        assertThat(done.get("state").asText()).as("%s", done).isEqualTo("confirmed");
        assertThat(flavor(id)).isEqualTo("regrade.small");
        assertThat(status(id)).isEqualTo("ACTIVE");
        JsonNode back = until(
                server.http
                        .post("/v1/executions/" + done.get("id").asText() + "/rollback", Http.JSON, "")
                        .json(),
                OVER);
        assertThat(back.get("state").asText()).as("%s", back).isEqualTo("confirmed");
        assertThat(flavor(id)).isEqualTo("regrade.large");
        until(done, "rolled-back");
    }

    @Test
    void aServerThatWaitsToBeConfirmed_isReverted() throws Exception {
        String id = booted("walk-revert");

        JsonNode begun = executed("walk-revert", "{\"hold_seconds\":600}");
        until(begun, "verifying");
        assertThat(status(id)).isEqualTo("VERIFY_RESIZE");
        server.http.post("/v1/executions/" + begun.get("id").asText() + "/rollback", Http.JSON, "");
        JsonNode done = until(begun, OVER);

        assertThat(done.get("state").asText()).as("%s", done).isEqualTo("rolled-back");
        assertThat(flavor(id)).isEqualTo("regrade.large");
        assertThat(status(id)).isEqualTo("ACTIVE");
    }
}
