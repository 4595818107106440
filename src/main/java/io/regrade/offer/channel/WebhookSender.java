package io.regrade.offer.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.offer.Notification;
import io.regrade.offer.Sender;
import io.regrade.offer.UndeliveredException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Sends notifications to webhooks: CloudEvents 1.0 in structured JSON, signed as Standard Webhooks says, with the headers
 * {@code webhook-id}, {@code webhook-timestamp} and {@code webhook-signature}. Goes to configured addresses alone, follows no
 * redirect, and reads nothing of what is answered but the status. Thread-safe.
 */
public final class WebhookSender implements Sender {

    private static final String MEDIA_TYPE = "application/cloudevents+json";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    /** It is gone, and will not be back. */
    private static final int GONE = 410;

    private final Map<String, Endpoint> endpoints;
    private final String source;
    private final Duration patience;
    private final Clock clock;
    private final HttpClient client;

    /**
     * Where one webhook is.
     *
     * @param url its address
     * @param signature signs what is sent there
     */
    public record Endpoint(URI url, WebhookSignature signature) {}

    /**
     * A sender.
     *
     * @param endpoints by name
     * @param source what the events say they come from, a URI or the path of one
     * @param patience how long an answer may take
     */
    public WebhookSender(Map<String, Endpoint> endpoints, String source, Duration patience, Clock clock) {
        this.endpoints = Map.copyOf(endpoints);
        this.source = source;
        this.patience = patience;
        this.clock = clock;
        this.client = HttpClient.newBuilder()
                .connectTimeout(patience)
                .followRedirects(Redirect.NEVER)
                .build();
    }

    @Override
    public void send(Notification notification) throws UndeliveredException, InterruptedException {
        Endpoint endpoint = endpoints.get(notification.address());
        if (endpoint == null) {
            throw new UndeliveredException("no webhook `" + notification.address() + "` is configured here", true);
        }
        String body = event(notification).toString();
        String seconds = String.valueOf(clock.instant().getEpochSecond());
        HttpRequest request = HttpRequest.newBuilder(endpoint.url())
                .timeout(patience)
                .header("Content-Type", MEDIA_TYPE + "; charset=utf-8")
                .header("webhook-id", notification.id())
                .header("webhook-timestamp", seconds)
                .header("webhook-signature", endpoint.signature().of(notification.id(), seconds, body))
                .POST(BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
                .build();
        int status = status(request);
        if (status / 100 != 2) {
            throw new UndeliveredException("it answered with status " + status, status == GONE);
        }
    }

    private int status(HttpRequest request) throws UndeliveredException, InterruptedException {
        try {
            HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
            return response.statusCode();
        } catch (HttpTimeoutException e) {
            throw new UndeliveredException("it did not answer in time", false);
        } catch (IOException e) {
            throw new UndeliveredException("it cannot be reached", false);
        }
    }

    private ObjectNode event(Notification notification) throws UndeliveredException {
        String data = notification.data();
        if (data == null) {
            throw new UndeliveredException("what it was to tell was erased", true);
        }
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("specversion", "1.0");
        event.put("id", notification.id());
        event.put("source", source);
        event.put("type", notification.type());
        event.put("subject", notification.offer());
        event.put("time", notification.at().toString());
        event.put("datacontenttype", "application/json");
        try {
            event.set("data", MAPPER.readTree(data));
        } catch (JsonProcessingException e) {
            throw new UndeliveredException("what it was to tell is damaged", true);
        }
        return event;
    }
}
