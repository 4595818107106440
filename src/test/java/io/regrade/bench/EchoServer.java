package io.regrade.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;

/**
 * A plain Vert.x server that does nothing: reads a request's JSON, and answers with so many bytes as the header {@code
 * Answer-Bytes} says. One event loop for each processor.
 */
public final class EchoServer extends AbstractVerticle {

    static final String BYTES = "Answer-Bytes";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final int port;

    private EchoServer(int port) {
        this.port = port;
    }

    public static void main(String[] args) throws Exception {
        int port = 0;
        try (java.net.ServerSocket free = new java.net.ServerSocket(0)) {
            port = free.getLocalPort();
        }
        int at = port;
        Vertx.vertx()
                .deployVerticle(
                        () -> new EchoServer(at),
                        new DeploymentOptions()
                                .setInstances(Runtime.getRuntime().availableProcessors()))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        System.out.println("The echo listens on http://127.0.0.1:" + port + ", and answers anything");
    }

    @Override
    public void start(Promise<Void> started) {
        vertx.createHttpServer()
                .requestHandler(request -> request.bodyHandler(body -> answer(request, body)))
                .listen(port, "127.0.0.1")
                .<Void>mapEmpty()
                .onComplete(started);
    }

    private static void answer(HttpServerRequest request, Buffer body) {
        try {
            if (!MAPPER.readTree(body.getBytes()).has("vms")) {
                throw new IOException("no machines");
            }
            int bytes = Integer.parseInt(request.getHeader(BYTES));
            Buffer answer = Buffer.buffer(bytes);
            while (answer.length() < bytes) {
                answer.appendBuffer(body, 0, Math.min(body.length(), bytes - answer.length()));
            }
            request.response().putHeader("Content-Type", "application/json").end(answer);
        } catch (IOException e) {
            request.response().setStatusCode(400).end(String.valueOf(e.getMessage()));
        }
    }
}
