package io.regrade.offer.channel;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToIntFunction;

/** A real HTTP server that webhooks are sent to; what it answers is the test's. Thread-safe. */
public final class Receiver implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final long HANG_SECONDS = 60;

    private final HttpServer server;
    private final List<Received> received = new ArrayList<>();
    private volatile ToIntFunction<Received> answer = one -> 204;

    /** What came. */
    public record Received(Map<String, String> headers, String body) {

        /** A header, by its name in lower case. */
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }

        /** The body. */
        public JsonNode json() {
            try {
                return MAPPER.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One that listens and answers 204. */
    public Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::take);
        server.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "receiver");
            thread.setDaemon(true);
            return thread;
        }));
        server.start();
    }

    /** Where it is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
    }

    /** What it answers from now on: a status. */
    public void answers(ToIntFunction<Received> status) {
        answer = status;
    }

    private void take(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
        Received one =
                new Received(headers, new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        synchronized (received) {
            received.add(one);
            received.notifyAll();
        }
        int status = answer.applyAsInt(one);
        if (status / 100 == 3) {
            exchange.getResponseHeaders()
                    .set("Location", address().resolve("/elsewhere").toString());
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** What came about an offer, once it is so much. */
    public List<Received> await(String offer, int count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(HANG_SECONDS);
        synchronized (received) {
            while (true) {
                List<Received> about = received.stream()
                        .filter(one -> one.body().contains(offer))
                        .toList();
                if (about.size() >= count) {
                    return about;
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    throw new IllegalStateException(new TimeoutException(about.size() + " of " + count + " came"));
                }
                try {
                    received.wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
