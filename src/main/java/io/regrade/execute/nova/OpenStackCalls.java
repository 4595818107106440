package io.regrade.execute.nova;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.execute.NoAnswerException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Single HTTP calls with JSON bodies. Thread-safe. */
final class OpenStackCalls {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MOST_TEXT = 300;

    private final HttpClient client;
    private final Duration timeout;

    /** An answer below status 500. */
    record Reply(int status, JsonNode body, HttpHeaders headers) {

        boolean ok() {
            return status < 300;
        }

        /** What an OpenStack service says is wrong. */
        String reason() {
            for (JsonNode one : body) {
                if (one.path("message").isTextual()) {
                    return "status " + status + ", " + one.path("message").asText();
                }
            }
            return "status " + status;
        }
    }

    OpenStackCalls(Duration timeout) {
        this.timeout = timeout;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .build();
    }

    /**
     * Sends a request.
     *
     * @param body null for none
     * @throws NoAnswerException when there is no answer, or one that says nothing of what was done: a status of 500 or more
     */
    Reply send(String method, URI uri, @Nullable JsonNode body, Map<String, String> headers) throws NoAnswerException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Accept", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        headers.forEach(request::header);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        String call = method + " " + uri.getPath();
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            if (response.statusCode() >= 500) {
                String text = new String(response.body(), UTF_8).strip();
                throw new NoAnswerException(call + " got status " + response.statusCode() + ": "
                        + text.substring(0, Math.min(text.length(), MOST_TEXT)));
            }
            return new Reply(response.statusCode(), json(response.body()), response.headers());
        } catch (IOException e) {
            throw new NoAnswerException(call + " got no answer: " + told(e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException(call + " was interrupted", e);
        }
    }

    private static String told(IOException e) {
        return e.getMessage() == null ? "no connection" : e.getMessage();
    }

    private static JsonNode json(byte[] body) {
        try {
            return body.length == 0 ? MAPPER.createObjectNode() : MAPPER.readTree(body);
        } catch (IOException e) {
            return MAPPER.createObjectNode();
        }
    }
}
