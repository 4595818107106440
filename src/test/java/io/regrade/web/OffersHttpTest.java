package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.regrade.offer.AnswerLinks;
import io.regrade.offer.Notification.Channel;
import io.regrade.offer.channel.MailSender;
import io.regrade.offer.channel.Receiver;
import io.regrade.offer.channel.Receiver.Received;
import io.regrade.offer.channel.WebhookSender;
import io.regrade.offer.channel.WebhookSignature;
import io.regrade.pipeline.offering.Backoff;
import io.regrade.pipeline.offering.Deliveries;
import io.regrade.tlog.EntryBundle;
import io.regrade.web.Http.Reply;
import jakarta.mail.internet.MimeMessage;
import java.net.http.HttpRequest.BodyPublishers;
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
    private static GreenMail mail;

    @BeforeAll
    static void start() throws Exception {
        server = new TestServer();
        http = server.http;
        receiver = new Receiver();
        mail = new GreenMail(ServerSetup.SMTP.dynamicPort());
        mail.start();
        server.counters.start();
        StringBuilder targets = new StringBuilder();
        targets.append(Samples.target("m6.large", 2, 8, 0.115)).append('\n');
        Samples.targets().forEach(target -> targets.append(target).append('\n'));
        http.post("/v1/targets", "application/x-ndjson", targets.toString());
        deliveries = new Deliveries(
                server.ledger.outbox(),
                Map.of(
                        Channel.MAIL,
                        new MailSender(
                                new MailSender.Server(
                                        "127.0.0.1",
                                        mail.getSmtp().getPort(),
                                        MailSender.Tls.NONE,
                                        "",
                                        "",
                                        "regrade@example.org"),
                                TestServer.LINKS),
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
        mail.stop();
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

    @Test
    void aCounter_isAFact_theMachineIsDecidedAgain_andAnotherOfferFollows() {
        JsonNode offer = offered("counter-1");
        String id = offer.get("id").asText();
        assertThat(offer.at("/items/0/target").asText()).isEqualTo("m5.large");

        Reply countered = say(
                id,
                "counter",
                "{\"windows\":[\"sat 02:00-06:00\"],\"families\":[\"m6\"],\"not_before\":\"2026-01-01T00:00:00Z\",\"reason\":\"m5 is old\",\"until\":\""
                        + UNTIL + "\"}",
                "Regrade-Actor",
                "jane");
        assertThat(countered.status()).as(countered.text()).isEqualTo(200);
        String events = http.get("/v1/offers/" + id + "/events").text();
        assertThat(events).contains("event: countered");

        JsonNode over = http.get("/v1/offers/" + id).json();
        assertThat(over.at("/counter/families/0").asText()).isEqualTo("m6");
        JsonNode next = http.get("/v1/offers/" + over.get("successor").asText()).json();
        assertThat(next.get("predecessor").asText()).isEqualTo(id);
        assertThat(next.get("state").asText()).isEqualTo("offered");
        assertThat(next.get("created_by").asText()).isEqualTo("server");
        assertThat(next.at("/items/0/target").asText())
                .as("rules decided otherwise")
                .isEqualTo("m6.large");
        assertThat(next.at("/conditions/windows/0").asText()).isEqualTo("sat 02:00-06:00");
        assertThat(next.at("/conditions/not_before").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(next.get("to")).isEqualTo(offer.get("to"));
        JsonNode decided = http.get(
                        "/v1/decisions/" + next.at("/items/0/decision").asText() + "/evidence")
                .json();
        assertThat(decided.at("/facts/counter_offer/families/0").asText()).isEqualTo("m6");
        assertThat(decided.at("/facts/counter_offer/by").asText()).isEqualTo("jane");
        assertThat(leaves(id)).extracting(leaf -> leaf.get("what").asText()).containsExactly("offer", "counter");
        assertThat(leaves(next.get("id").asText()).get(0).get("predecessor").asText())
                .isEqualTo(id);
    }

    @Test
    void aCounter_thatNothingMeets_isLeft_andToldWhy() {
        String id = offered("counter-2").get("id").asText();

        say(id, "counter", "{\"max_price_usd_month\":1,\"until\":\"" + UNTIL + "\"}", "Regrade-Actor", "jane");

        String events = http.get("/v1/offers/" + id + "/events").text();
        assertThat(events).contains("nothing is advised under these terms");
        JsonNode over = http.get("/v1/offers/" + id).json();
        assertThat(over.has("successor")).isFalse();
        assertThat(over.get("history").findValuesAsText("what")).containsExactly("offer", "counter", "leave");
        assertThat(receiver.await(id, 3))
                .extracting(one -> one.json().get("type").asText())
                .contains("io.regrade.offer.left");
    }

    @Test
    void refusingAndWithdrawing_closeIt_andLeaveTheAdviceOpen() {
        JsonNode offer = offered("no-1");
        String id = offer.get("id").asText();
        assertThat(say(id, "refuse", "{}").status()).isEqualTo(400);
        String tag = http.get("/v1/offers/" + id).header("ETag");

        Reply refused = say(id, "refuse", "{\"reason\":\"not in May\"}", "If-Match", tag);
        assertThat(refused.json().get("state").asText()).isEqualTo("refused");
        assertThat(refused.json().get("reason").asText()).isEqualTo("not in May");
        assertThat(say(id, "withdraw", "{}", "If-Match", tag).status()).isEqualTo(412);
        assertThat(say(id, "withdraw", "{}").json().get("type").asText()).isEqualTo("urn:regrade:problem:wrong-state");
        String recommendation = offer.at("/items/0/recommendation").asText();
        assertThat(http.get("/v1/recommendations/" + recommendation)
                        .json()
                        .get("state")
                        .asText())
                .isEqualTo("open");

        Reply again = http.post("/v1/offers", Http.JSON, body(recommendation, ""), "Idempotency-Key", "again");
        Reply repeated = http.post("/v1/offers", Http.JSON, body(recommendation, ""), "Idempotency-Key", "again");
        assertThat(repeated.json()).isEqualTo(again.json());
        String second = again.json().get("id").asText();
        assertThat(say(second, "withdraw", "{}").json().get("state").asText()).isEqualTo("withdrawn");
        JsonNode list = http.get("/v1/offers?vm=no-1&to=jane&limit=1").json();
        assertThat(list.at("/offers/0/id").asText()).isEqualTo(second);
        JsonNode rest = http.get(
                        "/v1/offers?vm=no-1&limit=5&cursor=" + list.get("next").asText())
                .json();
        assertThat(rest.get("offers").findValuesAsText("id")).containsExactly(id);
        assertThat(http.get("/v1/offers?state=refused&vm=no-1", "Accept", "text/csv")
                        .text())
                .contains("m5.large", "not in May");
    }

    @Test
    void whatIsAgreed_isHeldAgainstTheDecision() {
        String recommendation = advised("sla-1");
        Reply broken = http.post(
                "/v1/offers",
                Http.JSON,
                body(
                        recommendation,
                        ",\"sla\":[{\"provider\":\"aws\",\"user\":\"shop\",\"max_price_usd_month\":78.1,"
                                + "\"allowed_regions\":[\"eu-central-1\"],\"min_availability\":0.99}]"));
        assertThat(broken.status()).isEqualTo(422);
        assertThat(broken.json().get("errors").findValuesAsText("pointer"))
                .containsExactly("/sla/0/max_price_usd_month", "/sla/0/allowed_regions");
        // 730 hours at $0.107
        assertThat(broken.json().get("detail").asText()).contains("78.11 USD/month", "at most 78.1 USD/month");

        Reply kept = http.post(
                "/v1/offers",
                Http.JSON,
                body(
                        recommendation,
                        ",\"sla\":[{\"provider\":\"aws\",\"vendor\":\"acme\",\"user\":\"shop\",\"max_price_usd_month\":78.2,"
                                + "\"min_availability\":0.99}]"));
        assertThat(kept.status()).as(kept.text()).isEqualTo(201);
        assertThat(kept.json().get("checks").findValuesAsText("result")).containsExactly("kept", "unknown");
    }

    @Test
    void whatIsWrongWithARequest_isToldWithItsPlace() {
        String recommendation = advised("wrong-1");
        Reply reply = http.post(
                "/v1/offers",
                Http.JSON,
                body(
                        recommendation,
                        ",\"plan\":\"x\",\"conditions\":{\"windows\":[\"weekends\"],\"not_before\":\"soon\"},"
                                + "\"sla\":[{\"user\":\"shop\"}],\"price_valid_until\":\"2020-01-01T00:00:00Z\""));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("errors").findValuesAsText("pointer"))
                .contains("", "/sla/0", "/conditions/windows/0", "/conditions/not_before", "/price_valid_until");
        Reply unknown = http.post(
                "/v1/offers",
                Http.JSON,
                "{\"recommendation\":\"" + "0".repeat(32)
                        + "\",\"to\":[{\"name\":\"j\",\"webhook\":\"http://10.0.0.1/\"}]}");
        assertThat(unknown.status()).isEqualTo(422);
        assertThat(unknown.json().get("errors").findValuesAsText("pointer"))
                .contains("/recommendation", "/to/0/webhook");
        assertThat(say(offered("wrong-2").get("id").asText(), "counter", "{}").status())
                .isEqualTo(400);
        assertThat(say("0".repeat(32), "accept", "{}").status()).isEqualTo(404);
        assertThat(http.get("/v1/offers/x").status()).isEqualTo(404);
    }

    @Test
    void whoFails_isSentTheSameAgain_untilItIsGivenUp_andSomebodyHasItSentAgain() throws Exception {
        receiver.answers(one -> one.body().contains("fail-1") ? 500 : 204);
        String id = offered("fail-1").get("id").asText();

        List<Received> tried = receiver.await(id, 3);
        assertThat(tried).extracting(Received::body).containsOnly(tried.get(0).body());
        assertThat(tried)
                .extracting(one -> one.header("webhook-id"))
                .containsOnly(tried.get(0).header("webhook-id"));
        JsonNode dead = dead(id);
        assertThat(dead.get("error").asText()).isEqualTo("it answered with status 500");
        assertThat(dead.get("attempts").asInt()).isEqualTo(3);

        receiver.answers(one -> 204);
        String path = "/v1/notifications/" + dead.get("id").asText() + "/retry";
        assertThat(http.send("POST", path, BodyPublishers.noBody()).status()).isEqualTo(204);
        assertThat(receiver.await(id, 4).get(3).header("webhook-id"))
                .isEqualTo(dead.get("id").asText());
        assertThat(http.send("POST", "/v1/notifications/" + "0".repeat(32) + "/retry", BodyPublishers.noBody())
                        .status())
                .isEqualTo(404);
    }

    private static JsonNode dead(String offer) throws InterruptedException {
        while (true) {
            JsonNode list = http.get("/v1/notifications?state=dead&offer=" + offer)
                    .json()
                    .get("notifications");
            if (!list.isEmpty()) {
                return list.get(0);
            }
            Thread.sleep(20);
        }
    }

    @Test
    void aRecipient_getsMail_withALinkThatShowsAPage_andOnlyItsFormActs() throws Exception {
        String recommendation = advised("mail-1");
        JsonNode offer = http.post(
                        "/v1/offers",
                        Http.JSON,
                        "{\"recommendation\":\"" + recommendation
                                + "\",\"to\":[{\"name\":\"Jane <b>\",\"email\":\"jane@example.org\"}],\"valid_until\":\""
                                + UNTIL + "\"}")
                .json();
        String id = offer.get("id").asText();
        assertThat(mail.waitForIncomingEmail(60_000, 1)).isTrue();
        MimeMessage message = mail.getReceivedMessages()[0];
        assertThat(message.getAllRecipients()[0]).hasToString("jane@example.org");
        assertThat(message.getSubject()).isEqualTo("Offer for mail-1: offered");
        String text = String.valueOf(message.getContent());
        assertThat(text).contains("mail-1: reclassify to m5.large, $78.11 a month");
        String base = "https://regrade.example.org";
        String path = text.lines()
                .filter(line -> line.startsWith(base))
                .findFirst()
                .orElseThrow()
                .substring(base.length())
                .strip();

        Reply page = http.get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Jane &lt;b&gt;", "mail-1", "m5.large").doesNotContain("<b>", "<script");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        http.send("HEAD", path, BodyPublishers.noBody());
        assertThat(http.get("/v1/offers/" + id).json().get("state").asText())
                .as("reading does nothing")
                .isEqualTo("offered");
        String form = "application/x-www-form-urlencoded";
        assertThat(http.post(path, form, "answer=maybe").status()).isEqualTo(400);
        assertThat(http.post(path, form, "answer=refuse&reason=+").status()).isEqualTo(400);
        char last = path.charAt(path.length() - 2);
        String forged =
                path.substring(0, path.length() - 2) + (last == 'A' ? 'B' : 'A') + path.charAt(path.length() - 1);
        assertThat(http.post(forged, form, "answer=accept").status()).isEqualTo(404);
        String over = TestServer.LINKS.token(new AnswerLinks.Grant(id, "Jane", TestServer.NOW));
        assertThat(http.get("/v1/offer-links/" + over).status()).isEqualTo(404);

        Reply accepted = http.post(path, form, "answer=accept&reason=");
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(200);
        assertThat(accepted.text()).contains("accepted").doesNotContain("<form");
        assertThat(http.get("/v1/offers/" + id).json().get("by").asText()).isEqualTo("Jane <b>");
        assertThat(http.post(path, form, "answer=accept").status()).isEqualTo(409);
        assertThat(mail.waitForIncomingEmail(60_000, 2)).isTrue();
        MimeMessage outcome = mail.getReceivedMessages()[1];
        assertThat(outcome.getSubject()).isEqualTo("Offer for mail-1: accepted");
        assertThat(String.valueOf(outcome.getContent())).contains("by Jane <b>").doesNotContain(base);
        assertThat(outcome.getMessageID()).isNotEqualTo(message.getMessageID()).endsWith("@example.org>");
    }

    @Test
    void aPlansShare_isOffered_andItsAdviceIsApprovedWhereItIsTheSame() {
        for (String vm : List.of("plan-1", "plan-2")) {
            advised(vm);
            http.put(
                    "/v1/vms/" + vm,
                    Samples.vm(vm, 1, 4).put("owner", "planned").toString());
        }
        String plan = http.post("/v1/plans", Http.JSON, "{}").json().get("id").asText();
        while (http.get("/v1/plans/" + plan).json().get("state").asText().equals("running")) {
            Thread.onSpinWait();
        }
        String share = "{\"plan\":\"" + plan
                + "\",\"owner\":\"planned\",\"to\":[{\"name\":\"jane\"}],\"valid_until\":\"" + UNTIL + "\"}";
        Reply made = http.post("/v1/offers", Http.JSON, share);
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        JsonNode offer = made.json();
        assertThat(offer.get("items").findValuesAsText("vm")).containsExactlyInAnyOrder("plan-1", "plan-2");
        assertThat(http.get("/v1/offers?plan=" + plan).json().get("offers")).hasSize(1);

        say(offer.get("id").asText(), "accept", "{}", "Regrade-Actor", "jane");

        for (String vm : List.of("plan-1", "plan-2")) {
            assertThat(http.get("/v1/recommendations?vm=" + vm)
                            .json()
                            .at("/recommendations/0/state")
                            .asText())
                    .isEqualTo("approved");
        }
        Reply nobody =
                http.post("/v1/offers", Http.JSON, share.replace("\"owner\":\"planned\"", "\"owner\":\"nobody\""));
        assertThat(nobody.status()).isEqualTo(422);
    }
}
