package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is sent back. Immutable: the bytes are handed over. */
final class Answer {

    static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final int status;
    private final String mediaType;
    private final byte[] body;
    private final Map<String, String> headers;
    private final @Nullable Supplier<CompletionStage<Events.Event>> events;

    private Answer(int status, String mediaType, byte[] body, Map<String, String> headers) {
        this(status, mediaType, body, headers, null);
    }

    private Answer(
            int status,
            String mediaType,
            byte[] body,
            Map<String, String> headers,
            @Nullable Supplier<CompletionStage<Events.Event>> events) {
        this.events = events;
        this.status = status;
        this.mediaType = mediaType;
        this.body = body;
        this.headers = headers;
    }

    static Answer json(int status, JsonNode node) {
        try {
            return new Answer(status, JSON, MAPPER.writeValueAsBytes(node), Map.of());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }

    static Answer text(String mediaType, String text) {
        return new Answer(200, mediaType + "; charset=utf-8", text.getBytes(UTF_8), Map.of());
    }

    static Answer bytes(String mediaType, byte[] body) {
        return new Answer(200, mediaType, body, Map.of());
    }

    /** Server-sent events; {@code newest} is asked as long as somebody listens. */
    static Answer events(Supplier<CompletionStage<Events.Event>> newest) {
        return new Answer(200, "text/event-stream", new byte[0], Map.of(), newest);
    }

    /** An answer without a body. */
    static Answer empty(int status) {
        return new Answer(status, "", new byte[0], Map.of());
    }

    Answer as(String otherMediaType) {
        return new Answer(status, otherMediaType, body, headers);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(status, mediaType, body, Map.copyOf(more), events);
    }

    /** What is sent after the headers instead of a body, null for a body. */
    @Nullable
    Supplier<CompletionStage<Events.Event>> events() {
        return events;
    }

    int status() {
        return status;
    }

    /** The media type, the empty text when there is no body. */
    String mediaType() {
        return mediaType;
    }

    byte[] body() {
        return body;
    }

    Map<String, String> headers() {
        return headers;
    }
}
