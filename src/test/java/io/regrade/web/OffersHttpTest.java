package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.offer.Notification.Channel;
import io.regrade.offer.channel.Receiver;
import io.regrade.offer.channel.Receiver.Received;
import io.regrade.offer.channel.WebhookSender;
import io.regrade.offer.channel.WebhookSignature;
import io.regrade.pipeline.offering.Backoff;
import io.regrade.pipeline.offering.Deliveries;
import io.regrade.tlog.EntryBundle;
import io.regrade.web.Http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Offers over real HTTP, kept in a real PostgreSQL; one server for all, and machines of its own for each test. */
@Timeout(120)
class OffersHttpTest {

    private static final String SECRET = "whsec_" + "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String UNTIL = "2099-01-01T00:00:00Z";

    private static TestServer server;
    private static Http http;
    private static Receiver receiver;
    private static Deliveries deliveries;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        http = server.http;
        receiver = new Receiver();
        StringBuilder targets = new StringBuilder();
        Samples.targets().forEach(target -> targets.append(target).append('\n'));
        http.post("/v1/targets", "application/x-ndjson", targets.toString());
        deliveries = new Deliveries(
                server.ledger.outbox(),
                Map.of(
                        Channel.WEBHOOK,
                        new WebhookSender(
                                Map.of(
                                        "ops",
                                        new WebhookSender.Endpoint(receiver.address(), new WebhookSignature(SECRET))),
                                "/v1/offers",
                                Duration.ofSeconds(10),
                                Clock.systemUTC())),
                new Backoff(3, Duration.ofMillis(1), new Random(1)),
                Clock.systemUTC());
        deliveries.start();
    }

    @AfterAll
    static void stop() {
        deliveries.close();
        receiver.close();
        server.close();
    }

    /** The id of the open recommendation of a machine that is held from now on. */
    private static String advised(String vm) {
        http.put("/v1/vms/" + vm, Samples.vm(vm, 1, 4).put("owner", "shop").toString());
        http.post("/v1/decisions", Http.JSON, "{\"vms\":[{\"id\":\"" + vm + "\"}]}");
        return http.get("/v1/recommendations?vm=" + vm)
                .json()
                .at("/recommendations/0/id")
                .asText();
    }

    private static String body(String recommendation, String more) {
        return "{\"recommendation\":\"" + recommendation
                + "\",\"to\":[{\"name\":\"jane\",\"cloud\":\"aws\",\"webhook\":\"ops\"}],\"valid_until\":\"" + UNTIL
                + "\"" + more + "}";
    }

    private static JsonNode offered(String vm) {
        Reply made = http.post("/v1/offers", Http.JSON, body(advised(vm), ""), "Regrade-Actor", "finops");
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        return made.json();
    }

    private static Reply say(String id, String verb, String body, String... headers) {
        return http.post("/v1/offers/" + id + "/" + verb, Http.JSON, body, headers);
    }

    private static List<JsonNode> leaves(String offer) {
        String checkpoint = http.get("/v1/audit/checkpoint").text();
        int size = Integer.parseInt(checkpoint.split("\n")[1]);
        String partial = size % 256 == 0 ? "" : ".p/" + size % 256;
        assertThat(size).as("these tests read one tile").isLessThan(256);
        return EntryBundle.parse(http.get("/v1/audit/tile/entries/000" + partial)
                        .response()
                        .body())
                .stream()
                .map(entry -> Http.parse(new String(entry, UTF_8)))
                .filter(leaf -> leaf.path("type").asText().equals("offer"))
                .filter(leaf -> leaf.path("offer").asText().equals(offer))
                .toList();
    }

    @Test
    void anOffer_isAccepted_approvesItsAdvice_isLogged_andToldOnceWithARightSignature() {
        JsonNode offer = offered("thin-1");
        String id = offer.get("id").asText();
        assertThat(offer.get("state").asText()).isEqualTo("offered");
        assertThat(offer.at("/items/0/vm").asText()).isEqualTo("thin-1");

        Reply accepted = say(id, "accept", "{\"reason\":\"fine\"}", "Regrade-Actor", "jane");

        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        assertThat(accepted.json().get("state").asText()).isEqualTo("accepted");
        assertThat(accepted.json().get("by").asText()).isEqualTo("jane");
        JsonNode approved = http.get("/v1/recommendations/"
                        + offer.at("/items/0/recommendation").asText())
                .json();
        assertThat(approved.get("state").asText()).isEqualTo("approved");
        assertThat(approved.get("by").asText()).isEqualTo("jane");
        assertThat(leaves(id)).extracting(leaf -> leaf.get("what").asText()).containsExactly("offer", "accept");
        assertThat(leaves(id).get(0).get("content").asText()).matches("[0-9a-f]{64}");
        assertThat(leaves(id).get(1).get("reason").asText()).matches("[0-9a-f]{64}");

        List<Received> told = receiver.await(id, 2);
        assertThat(told)
                .extracting(one -> one.json().get("type").asText())
                .containsExactlyInAnyOrder("io.regrade.offer.offered", "io.regrade.offer.accepted");
        WebhookSignature signature = new WebhookSignature(SECRET);
        for (Received one : told) {
            assertThat(one.header("webhook-signature"))
                    .isEqualTo(signature.of(one.header("webhook-id"), one.header("webhook-timestamp"), one.body()));
            assertThat(one.header("content-type")).startsWith("application/cloudevents+json");
            assertThat(one.json().get("specversion").asText()).isEqualTo("1.0");
            assertThat(one.json().get("id").asText()).isEqualTo(one.header("webhook-id"));
            assertThat(one.json().get("subject").asText()).isEqualTo(id);
            assertThat(one.json().at("/data/items/0/vm").asText()).isEqualTo("thin-1");
        }
        assertThat(told).extracting(one -> one.header("webhook-id")).doesNotHaveDuplicates();
    }

    @Test
    void twoWhoAcceptAtOnce_oneWins_andBothGetAClearAnswer() {
        String id = offered("race-1").get("id").asText();

        List<Reply> replies = Stream.of("jane", "john")
                .map(who -> CompletableFuture.supplyAsync(() -> say(id, "accept", "{}", "Regrade-Actor", who)))
                .collect(Collectors.toList())
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(replies).extracting(Reply::status).containsExactlyInAnyOrder(200, 409);
        Reply won =
                replies.stream().filter(one -> one.status() == 200).findFirst().orElseThrow();
        Reply lost =
                replies.stream().filter(one -> one.status() == 409).findFirst().orElseThrow();
        assertThat(lost.json().get("detail").asText())
                .contains("is accepted by " + won.json().get("by").asText());
        assertThat(leaves(id)).hasSize(2);
    }
}
