package io.regrade.app;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/**
 * The {@code curl} of a tutorial: {@code -s}, {@code -X}, {@code -H}, {@code -d} and {@code --data-binary}, with {@code
 * @FILE}. {@code DRAFT} in an address stands for the draft that was begun last. Where the page waits for a run, and the
 * machine is too slow for the minute that the server waits, it is asked again.
 */
final class TutorialCurl {

    /** The address that the page tells. */
    static final String TOLD = "http://127.0.0.1:8080";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration HANGS = Duration.ofMinutes(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String address;
    private final Path directory;
    private String draft = "DRAFT";

    /**
     * Asks one server.
     *
     * @param address where it really listens
     * @param directory where the files of the page are
     */
    TutorialCurl(String address, Path directory) {
        this.address = address;
        this.directory = directory;
    }

    TutorialShell.Answer run(List<String> words) {
        HttpRequest.Builder request = HttpRequest.newBuilder();
        String method = null;
        Iterator<String> rest = words.iterator();
        while (rest.hasNext()) {
            String word = rest.next();
            switch (word) {
                case "-s" -> {} // only what is answered is printed here anyway
                case "-X" -> method = rest.next();
                case "-H" -> {
                    String[] header = rest.next().split(": ", 2);
                    request.header(header[0], header[1]);
                }
                case "-d", "--data-binary" -> {
                    request.method(method == null ? "POST" : method, body(rest.next()));
                }
                default -> {
                    assertThat(word).startsWith(TOLD + "/");
                    request.uri(
                            URI.create(address + word.substring(TOLD.length()).replace("DRAFT", draft)));
                }
            }
        }
        HttpResponse<String> response = send(request.build());
        Instant end = Instant.now().plus(HANGS);
        while (response.statusCode() == 202) {
            assertThat(Instant.now()).as("the run hangs").isBefore(end);
            URI run = URI.create(
                    address + response.headers().firstValue("Location").orElseThrow());
            HttpResponse<String> now = send(HttpRequest.newBuilder(run).build());
            response = tree(now.body()).has("finished_at") ? now : response;
        }
        JsonNode answer = tree(response.body());
        if (response.statusCode() == 201 && answer.path("state").asText().equals("draft")) {
            draft = answer.get("id").asText();
        }
        return new TutorialShell.Answer(response.body() + "\n", 0);
    }

    private HttpRequest.BodyPublisher body(String word) {
        try {
            return word.startsWith("@")
                    ? BodyPublishers.ofFile(directory.resolve(word.substring(1)))
                    : BodyPublishers.ofString(word);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static JsonNode tree(String json) {
        try {
            return json.isBlank() ? JSON.createObjectNode() : JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(json, e);
        }
    }
}
