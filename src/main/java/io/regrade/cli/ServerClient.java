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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Asks a running server. Every method throws {@link UncheckedIOException} with a sentence when the server does not
 * answer, or answers with a problem.
 */
final class ServerClient {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofMinutes(2);
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(CONNECT).build();
    private final String server;

    ServerClient(String server) {
        this.server = server;
    }

    byte[] get(String path) throws InterruptedException {
        return send(request(path).GET());
    }

    byte[] post(String path) throws InterruptedException {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    /**
     * A page of a list.
     *
     * @param body what is on it
     * @param next the path of the next page, null on the last
     */
    record Page(byte[] body, @Nullable String next) {}

    /** A page of a list in NDJSON. */
    Page page(String path) throws InterruptedException {
        HttpResponse<byte[]> response =
                answer(request(path, "application/x-ndjson").GET());
        Matcher next = NEXT.matcher(response.headers().firstValue("Link").orElse(""));
        return new Page(response.body(), next.matches() ? next.group(1) : null);
    }

    private HttpRequest.Builder request(String path) {
        return request(path, "application/json");
    }

    private HttpRequest.Builder request(String path, String mediaType) {
        try {
            return HttpRequest.newBuilder(URI.create(
                            (server.endsWith("/") ? server.substring(0, server.length() - 1) : server) + path))
                    .timeout(ANSWER)
                    .header("Accept", mediaType);
        } catch (IllegalArgumentException e) {
            throw told("`" + server + "` is not the address of a server. Maybe `http://127.0.0.1:8080`");
        }
    }

    private byte[] send(HttpRequest.Builder builder) throws InterruptedException {
        return answer(builder).body();
    }

    private HttpResponse<byte[]> answer(HttpRequest.Builder builder) throws InterruptedException {
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
        return response;
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
