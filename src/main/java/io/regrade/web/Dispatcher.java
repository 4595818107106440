package io.regrade.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.decision.CanonicalJson;
import io.regrade.web.contract.Finding;
import io.regrade.web.contract.Operation;
import io.regrade.web.contract.Parameter;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes one operation's requests to its endpoint: checks what can be checked before the body, then the body, and has the
 * answer sent.
 */
final class Dispatcher {

    private static final String CHECKED = "regrade.checked";

    private final Operation operation;
    private final Endpoint endpoint;
    private final Workers workers;
    private final Idempotency idempotency;
    private final Sender sender;
    private final long bodyLimit;

    /** What was found before the body is read. */
    private record Checked(
            Map<String, JsonNode> parameters,
            String accepted,
            String mediaType,
            String contentType,
            Encoding encoding) {}

    Dispatcher(
            Operation operation,
            Endpoint endpoint,
            Workers workers,
            Idempotency idempotency,
            Sender sender,
            long bodyLimit) {
        this.operation = operation;
        this.endpoint = endpoint;
        this.workers = workers;
        this.idempotency = idempotency;
        this.sender = sender;
        this.bodyLimit = bodyLimit;
    }

    /** Checks everything but the body; goes on when there is nothing to say. */
    void check(RoutingContext context) {
        MultiMap headers = context.request().headers();
        List<String> produced = operation.produces();
        String accepted = produced.isEmpty() ? "" : MediaTypes.best(headers.get("Accept"), produced);
        if (accepted == null) {
            throw new HttpProblem(
                    ProblemType.NOT_ACCEPTABLE,
                    "the answer comes as `" + String.join("`, `", produced) + "`. Maybe leave `Accept` out");
        }
        List<Finding> findings = new ArrayList<>();
        Map<String, List<String>> query = new LinkedHashMap<>();
        context.queryParams()
                .forEach(entry -> query.computeIfAbsent(entry.getKey(), key -> new ArrayList<>())
                        .add(entry.getValue()));
        Map<String, JsonNode> values =
                operation.read(query, parameter -> notInQuery(parameter, context, headers), findings);
        if (!findings.isEmpty()) {
            throw HttpProblem.invalid(findings);
        }
        String mediaType = "";
        Encoding encoding = Encoding.IDENTITY;
        if (operation.hasBody()) {
            mediaType = mediaType(headers);
            encoding = Encoding.of(headers.get("Content-Encoding"), mediaType);
        }
        String contentType = headers.contains("Content-Type") ? headers.get("Content-Type") : "";
        context.put(CHECKED, new Checked(values, accepted, mediaType, contentType, encoding));
        context.next();
    }

    private static @Nullable String notInQuery(Parameter parameter, RoutingContext context, MultiMap headers) {
        return parameter.in() == Parameter.In.PATH
                ? pathParameter(parameter, context)
                : headers.contains(parameter.name()) ? String.join(", ", headers.getAll(parameter.name())) : null;
    }

    private static @Nullable String pathParameter(Parameter parameter, RoutingContext context) {
        String segment = context.pathParam(parameter.name());
        String rest = context.pathParam("*");
        return segment != null || rest == null ? segment : decoded(rest);
    }

    /** The router decodes segments, but not what is left of a path; there a plus sign is a plus sign. */
    private static String decoded(String rest) {
        try {
            return URLDecoder.decode(rest.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException e) {
            return rest; // no escape: it is the text that it seems to be
        }
    }

    private String mediaType(MultiMap headers) {
        String contentType = headers.get("Content-Type");
        String mediaType = contentType == null ? "" : MediaTypes.essence(contentType);
        if (contentType == null || !operation.bodies().containsKey(mediaType) || !MediaTypes.isUtf8(contentType)) {
            String read = String.join("`, `", operation.bodies().keySet());
            throw new HttpProblem(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    (contentType == null
                                    ? "`Content-Type` is missing"
                                    : "`Content-Type` is `" + shorten(contentType) + "`")
                            + ". Maybe `" + read + "`, in UTF-8",
                    List.of(),
                    Map.of("Accept-Post", String.join(", ", operation.bodies().keySet())));
        }
        return mediaType;
    }

    private static String shorten(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** Hands over to the endpoint, on a worker when there is a body to read. */
    void dispatch(RoutingContext context) {
        Checked checked = Objects.requireNonNull(context.<Checked>get(CHECKED));
        Buffer buffer = operation.hasBody() ? context.body().buffer() : null;
        byte[] body = buffer == null ? new byte[0] : buffer.getBytes();
        JsonNode key = checked.parameters().get(Idempotency.HEADER);
        SocketAddress remote = context.request().remoteAddress();
        String address = remote == null ? null : remote.hostAddress();
        Supplier<CompletionStage<Answer>> work = () -> {
            byte[] plain = checked.encoding().decompress(body, bodyLimit);
            Call call = new Call(
                    operation,
                    checked.parameters(),
                    checked.accepted(),
                    checked.mediaType(),
                    checked.contentType(),
                    plain,
                    address);
            return endpoint.answer(call);
        };
        Supplier<CompletionStage<Answer>> once =
                key == null ? work : () -> idempotency.once(key.asText(), fingerprint(context, checked, body), work);
        if (operation.hasBody()) {
            long bytes = checked.encoding() == Encoding.IDENTITY ? body.length : Math.min(bodyLimit, 8L * body.length);
            sender.whenDone(context, workers.submit(bytes, once));
        } else {
            sender.whenDone(context, once.get());
        }
    }

    private String fingerprint(RoutingContext context, Checked checked, byte[] body) {
        MessageDigest sha = CanonicalJson.sha256();
        String head = operation.method() + "\n" + context.request().uri() + "\n" + checked.mediaType() + "\n"
                + checked.encoding() + "\n" + checked.parameters().get("If-Match") + "\n"
                + checked.parameters().get("If-None-Match") + "\n"
                + checked.parameters().get("Regrade-Actor") + "\n";
        sha.update(head.getBytes(UTF_8));
        return HexFormat.of().formatHex(sha.digest(body));
    }
}
