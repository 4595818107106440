package io.regrade.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * Asks a running server. Every method throws {@link UncheckedIOException} with a sentence when the server does not
 * answer, or answers with a problem.
 */
final class ServerClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final URI server;

    ServerClient(URI server) {
        this.server = server;
    }

    byte[] get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    byte[] post(String path) throws InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    private HttpRequest.Builder request(String path) {
        String base = server.toString();
        try {
            return HttpRequest.newBuilder(
                            URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                    .timeout(ANSWER)
                    .header("Accept", "application/json");
        } catch (IllegalArgumentException e) {
            throw told("`" + server + "` is not the address of a server. Maybe `http://127.0.0.1:8080`");
        }
    }

    private byte[] send(HttpRequest.Builder builder) throws InterruptedException {
        HttpResponse<byte[]> response;
        try {
            response = client.send(builder.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw told("no server answers at `" + server + "`. Maybe start one with `./regrade serve`, or name another"
                    + " with `--server URL`");
        }
        if (response.statusCode() != 200) {
            throw told(problem(response));
        }
        return response.body();
    }

    private String problem(HttpResponse<byte[]> response) {
        String detail = "";
        try {
            JsonNode problem = MAPPER.readTree(response.body());
            detail = problem.path("detail").asText();
        } catch (IOException e) {
            // answered by something else than Regrade: the status has to do
        }
        return detail.isEmpty() ? "`" + server + "` answered with status " + response.statusCode() : detail;
    }

    private static UncheckedIOException told(String message) {
        return new UncheckedIOException(message, new IOException(message));
    }
}
