package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client that holds every answer against the contract. */
final class Http {

    static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;

    /** An answer. */
    record Reply(int status, HttpResponse<byte[]> response) {

        String text() {
            return new String(response.body(), UTF_8);
        }

        JsonNode json() {
            return parse(text());
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Http(URI base) {
        this.base = base;
    }

    static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }

    Reply get(String path, String... headers) {
        return send("GET", path, BodyPublishers.noBody(), headers);
    }

    Reply post(String path, String contentType, String body, String... headers) {
        return send("POST", path, BodyPublishers.ofString(body), with(headers, "Content-Type", contentType));
    }

    Reply put(String path, String body, String... headers) {
        return send("PUT", path, BodyPublishers.ofString(body), with(headers, "Content-Type", JSON));
    }

    Reply delete(String path, String... headers) {
        return send("DELETE", path, BodyPublishers.noBody(), headers);
    }

    Reply send(String method, String path, BodyPublisher body, String... headers) {
        try {
            return sendAsync(method, path, body, headers).join();
        } catch (java.util.concurrent.CompletionException e) {
            throw new AssertionError(method + " " + path, e.getCause());
        }
    }

    CompletableFuture<Reply> sendAsync(String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(method, body);
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofByteArray()).thenApply(response -> {
            ContractCheck.check(method, path, response);
            return new Reply(response.statusCode(), response);
        });
    }

    private static String[] with(String[] headers, String name, String value) {
        String[] more = java.util.Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = name;
        more[headers.length + 1] = value;
        return more;
    }
}
