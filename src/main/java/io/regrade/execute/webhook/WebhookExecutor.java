package io.regrade.execute.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.execute.Check;
import io.regrade.execute.Errand;
import io.regrade.execute.Executor;
import io.regrade.execute.NoAnswerException;
import io.regrade.execute.Order;
import io.regrade.execute.RefusedByCloudException;
import io.regrade.execute.Sighting;
import io.regrade.execute.Sighting.What;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Hands orders to another system as CloudEvents 1.0, signed as Standard Webhooks says, and asks it how far it is. Thread-safe.
 *
 * <p>The system answers an event with 2xx when it takes it on, with 4xx when it refuses and has done nothing. The same event
 * may come again, under the same id: it is to be done once. {@code GET <url>/<execution>} tells the state.
 */
public final class WebhookExecutor implements Executor {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String TYPE = "io.regrade.execution.";
    private static final int MOST_TEXT = 300;

    private final URI url;
    private final Signer signer;
    private final Duration timeout;
    private final Clock clock;
    private final HttpClient client;

    /**
     * One for a system.
     *
     * @param url where events go; what is below it tells states
     * @param timeout how long one call may take
     */
    public WebhookExecutor(URI url, Signer signer, Duration timeout, Clock clock) {
        this.url = url;
        this.signer = signer;
        this.timeout = timeout;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public List<Check> check(Order order) throws NoAnswerException {
        HttpResponse<byte[]> answer = sent("check", "check-" + order.instance() + "-" + order.to(), order, 0);
        JsonNode body = json(answer);
        List<Check> checks = new ArrayList<>();
        for (JsonNode one : body.path("checks")) {
            checks.add(new Check(
                    one.path("name").asText("check"),
                    one.path("ok").asBoolean(),
                    one.path("detail").asText()));
        }
        if (checks.isEmpty()) {
            checks.add(
                    answer.statusCode() < 300
                            ? Check.holds("receiver", "the receiver would take it")
                            : Check.fails("receiver", refusal(answer, body)));
        }
        return checks;
    }

    @Override
    public String mark(Order order) {
        return "";
    }

    @Override
    public void act(Errand errand) throws RefusedByCloudException, NoAnswerException {
        ask("act", errand);
    }

    @Override
    public void confirm(Errand errand) throws RefusedByCloudException, NoAnswerException {
        ask("confirm", errand);
    }

    @Override
    public void revert(Errand errand) throws RefusedByCloudException, NoAnswerException {
        ask("revert", errand);
    }

    private void ask(String what, Errand errand) throws RefusedByCloudException, NoAnswerException {
        HttpResponse<byte[]> answer = sent(what, errand.key(), errand.order(), errand.fence());
        if (answer.statusCode() >= 300) {
            throw new RefusedByCloudException(refusal(answer, json(answer)));
        }
    }

    private HttpResponse<byte[]> sent(String what, String execution, Order order, long fence) throws NoAnswerException {
        Instant now = clock.instant();
        String id = execution + "." + what;
        ObjectNode event = MAPPER.createObjectNode();
        event.put("specversion", "1.0");
        event.put("id", id);
        event.put("source", "/v1/executions");
        event.put("type", TYPE + what);
        event.put("subject", order.vm());
        event.put("time", now.toString());
        event.put("datacontenttype", "application/json");
        ObjectNode data = event.putObject("data");
        data.put("execution", execution);
        data.put("fence", fence);
        data.put("vm", order.vm());
        data.put("instance", order.instance());
        data.put("cloud", order.before().cloud());
        data.put("from", order.from());
        data.put("to", order.to());
        String body = event.toString();
        String seconds = String.valueOf(now.getEpochSecond());
        return called(HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/cloudevents+json")
                .header("webhook-id", id)
                .header("webhook-timestamp", seconds)
                .header("webhook-signature", signer.of(id, seconds, body))
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    @Override
    public Sighting look(Errand errand) throws NoAnswerException {
        String id = errand.key() + ".look";
        String seconds = String.valueOf(clock.instant().getEpochSecond());
        URI state = URI.create(url + "/" + errand.key());
        HttpResponse<byte[]> answer = called(HttpRequest.newBuilder(state)
                .timeout(timeout)
                .header("webhook-id", id)
                .header("webhook-timestamp", seconds)
                .header("webhook-signature", signer.of(id, seconds, ""))
                .GET()
                .build());
        if (answer.statusCode() == 404) {
            return Sighting.of(What.AS_BEFORE); // it has never heard of it
        }
        JsonNode body = json(answer);
        if (answer.statusCode() >= 300) {
            throw new NoAnswerException("the receiver does not tell: " + refusal(answer, body));
        }
        What what = what(body.path("state").textValue());
        if (what == null) {
            throw new NoAnswerException("the receiver tells a state that is none: `"
                    + body.path("state").asText() + "`. Maybe `under-way` or `done`");
        }
        return new Sighting(what, body.path("detail").asText(""));
    }

    private static @Nullable What what(@Nullable String text) {
        String name = text == null ? "" : text.toUpperCase(Locale.ROOT).replace('-', '_');
        for (What what : What.values()) {
            if (what.name().equals(name)) {
                return what;
            }
        }
        return null;
    }

    private HttpResponse<byte[]> called(HttpRequest request) throws NoAnswerException {
        try {
            HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
            if (answer.statusCode() >= 500) {
                throw new NoAnswerException("the receiver failed with status " + answer.statusCode());
            }
            return answer;
        } catch (IOException e) {
            throw new NoAnswerException(
                    "the receiver gave no answer: " + (e.getMessage() == null ? "no connection" : e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("the call of the receiver was interrupted", e);
        }
    }

    private static String refusal(HttpResponse<byte[]> answer, JsonNode body) {
        String detail = body.path("detail").asText("");
        return "status " + answer.statusCode()
                + (detail.isEmpty() ? "" : ", " + detail.substring(0, Math.min(detail.length(), MOST_TEXT)));
    }

    private static JsonNode json(HttpResponse<byte[]> answer) {
        try {
            return MAPPER.readTree(new String(answer.body(), UTF_8));
        } catch (IOException e) {
            return MAPPER.createObjectNode();
        }
    }

    @Override
    public List<String> preview(Order order) {
        return List.of(
                "POST " + url + " with the event `" + TYPE + "act`: `" + order.instance() + "` from `" + order.from()
                        + "` to `" + order.to() + "`",
                "GET " + url + "/EXECUTION until its state is `awaits` or `done`",
                "POST " + url + " with `" + TYPE + "confirm`, or `" + TYPE + "revert` to take it back");
    }
}
