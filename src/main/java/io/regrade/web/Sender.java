package io.regrade.web;

import io.regrade.metrics.RegradeMeters;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends answers and problems, every one with the same safe headers, and times them. */
final class Sender {

    private static final Logger LOG = LoggerFactory.getLogger(Sender.class);
    private static final long LINGER_MILLIS = 1000;
    private static final String OPERATION = "regrade.operation";
    private static final String BEGUN = "regrade.begun";

    private final Vertx vertx;
    private final RegradeMeters meters;
    private final RefusedRequests refused;

    Sender(Vertx vertx, RegradeMeters meters, RefusedRequests refused) {
        this.refused = refused;
        this.vertx = vertx;
        this.meters = meters;
    }

    /** Starts the clock of a request. */
    void begin(RoutingContext context) {
        context.put(BEGUN, System.nanoTime());
        context.next();
    }

    /** Names the operation that a request is for. */
    static void name(RoutingContext context, String operation) {
        context.put(OPERATION, operation);
    }

    /** Sends what a stage comes to, from the event loop. */
    void whenDone(RoutingContext context, CompletionStage<Answer> stage) {
        Context loop = vertx.getOrCreateContext();
        stage.whenComplete((answer, failure) -> loop.runOnContext(nothing -> {
            if (failure == null) {
                send(context, answer);
            } else {
                fail(context, failure);
            }
        }));
    }

    /** Sends the problem that a failure is. */
    void fail(RoutingContext context, Throwable failure) {
        HttpProblem problem = Problems.of(failure);
        String instance = "urn:uuid:" + UUID.randomUUID();
        if (problem.type() == ProblemType.FAILED) {
            LOG.error(
                    "{} {} {} failed",
                    instance,
                    context.request().method(),
                    context.request().path(),
                    failure);
        }
        Answer answer = Problems.answer(problem, instance);
        CompletableFuture<Void> noted =
                refused.note(context.get(OPERATION), record(context), problem).toCompletableFuture();
        if (noted.isDone()) {
            send(context, answer);
        } else {
            Context loop = vertx.getOrCreateContext();
            noted.whenComplete((nothing, failed) -> loop.runOnContext(then -> send(context, answer)));
        }
    }

    private static @Nullable String record(RoutingContext context) {
        try {
            return context.queryParams().get("record");
        } catch (HttpException e) {
            return null; // the query itself cannot be read, which is why the request failed
        }
    }

    private void send(RoutingContext context, Answer answer) {
        HttpServerResponse response = context.response();
        if (!response.closed() && !response.ended()) {
            if (answer.events() != null && context.request().method() == HttpMethod.GET) {
                head(response, answer);
                new Events(vertx, response, answer.events()).send();
            } else {
                write(response, answer);
            }
            if ("close".equals(answer.headers().get("Connection"))) {
                // Who is still sending gets the time to read the answer first.
                vertx.setTimer(
                        LINGER_MILLIS, timer -> context.request().connection().close());
            }
        }
        Long begun = context.get(BEGUN);
        String operation = context.get(OPERATION);
        meters.request(
                operation == null ? "none" : operation,
                operation == null ? "any" : context.request().method().name(),
                answer.status(),
                Duration.ofNanos(begun == null ? 0 : System.nanoTime() - begun));
    }

    private static void head(HttpServerResponse response, Answer answer) {
        response.setStatusCode(answer.status());
        response.putHeader("X-Content-Type-Options", "nosniff");
        response.putHeader("Cache-Control", "no-store");
        response.putHeader("Referrer-Policy", "no-referrer");
        if (!answer.mediaType().isEmpty()) {
            response.putHeader("Content-Type", answer.mediaType());
        }
        answer.headers().forEach(response::putHeader);
    }

    private static void write(HttpServerResponse response, Answer answer) {
        head(response, answer);
        if (answer.mediaType().isEmpty()) {
            response.end();
        } else {
            response.end(Buffer.buffer(answer.body()));
        }
    }

    /** Answers what was no HTTP request that could be read. */
    static void unreadable(HttpServerRequest request) {
        int status = statusOf(request.decoderResult().cause());
        HttpProblem problem = Problems.ofStatus(status);
        write(
                request.response(),
                Problems.answer(problem, "urn:uuid:" + UUID.randomUUID()).with("Connection", "close"));
        request.connection().close();
    }

    private static int statusOf(Throwable cause) {
        String kind = cause.getClass().getSimpleName();
        return switch (kind) {
            case "TooLongHttpLineException" -> 414;
            case "TooLongHttpHeaderException" -> 431;
            default -> 400;
        };
    }
}
