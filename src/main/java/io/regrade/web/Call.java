package io.regrade.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.intake.inventory.IntakeException;
import io.regrade.intake.inventory.VmJson;
import io.regrade.ledger.Asker;
import io.regrade.web.contract.Finding;
import io.regrade.web.contract.Operation;
import io.regrade.web.contract.Schema;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request that is in the contract, with its parameters checked. Used by one thread at a time. */
final class Call {

    private final Operation operation;
    private final Map<String, JsonNode> parameters;
    private final String accepted;
    private final String mediaType;
    private final String contentType;
    private final byte[] body;
    private final @Nullable String address;

    /**
     * A call.
     *
     * @param parameters the values by name
     * @param accepted the media type to answer in
     * @param mediaType the body's, the empty text when there is none
     * @param contentType the same with its parameters, as it was sent
     * @param body the body, decompressed
     * @param address where the request came from, null when that is not known
     */
    Call(
            Operation operation,
            Map<String, JsonNode> parameters,
            String accepted,
            String mediaType,
            String contentType,
            byte[] body,
            @Nullable String address) {
        this.address = address;
        this.operation = operation;
        this.parameters = parameters;
        this.accepted = accepted;
        this.mediaType = mediaType;
        this.contentType = contentType;
        this.body = body;
    }

    /** A parameter that is required or has a default. */
    JsonNode value(String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    /** A parameter as text, null when it was not given. */
    @Nullable
    String text(String name) {
        JsonNode value = parameters.get(name);
        return value == null ? null : value.asText();
    }

    /** A parameter, null when it was not given and has no default. */
    @Nullable
    JsonNode optional(String name) {
        return parameters.get(name);
    }

    /** The URI, below this server, of the page that a cursor begins. */
    String next(String cursor) {
        StringBuilder uri = new StringBuilder(operation.path()).append('?');
        parameters.forEach((name, value) -> {
            if (!name.equals("cursor") && operation.isInQuery(name)) {
                uri.append(name)
                        .append('=')
                        .append(URLEncoder.encode(value.asText(), StandardCharsets.UTF_8))
                        .append('&');
            }
        });
        return uri.append("cursor=").append(cursor).toString();
    }

    /** A moment in the query, RFC 3339; null when it is not given, a problem when it is none. */
    @Nullable
    Instant moment(String name) {
        String text = text(name);
        return text == null ? null : Moment.read(text, message -> Finding.parameter(name, message));
    }

    /** The parameter {@code id}. */
    String id() {
        return value("id").asText();
    }

    /** Who asks, as far as the request says. */
    Asker asker() {
        return new Asker("http", text("Regrade-Actor"), address);
    }

    String accepted() {
        return accepted;
    }

    /** The body's media type with its parameters, as it was sent. */
    String contentType() {
        return contentType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The body as it is; for bodies that are no single JSON document. */
    byte[] body() {
        return body;
    }

    /**
     * Reads the JSON body after it was checked by the contract. All that either the contract or the reader finds wrong is
     * reported together.
     */
    <T> T read(Function<JsonNode, T> reader) {
        JsonNode json = VmJson.parse(body);
        Schema schema = Objects.requireNonNull(operation.bodies().get(mediaType), mediaType);
        List<Finding> findings = schema.check(json);
        T read;
        try {
            read = reader.apply(json);
        } catch (IntakeException e) {
            List<Finding> all = Problems.merged(Problems.findings(e), findings);
            throw HttpProblem.listed(ProblemType.INVALID, all, Math.max(e.count(), all.size()));
        }
        if (!findings.isEmpty()) {
            throw HttpProblem.invalid(findings);
        }
        return read;
    }
}
