package io.regrade.audit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** An exported log behind a web server that knows nothing of logs; entries come compressed. */
public final class ServedDirectory implements AutoCloseable {

    private final HttpServer server;
    private final Path directory;
    private final AtomicInteger requests = new AtomicInteger();
    private volatile int broken;

    public ServedDirectory(Path directory) throws IOException {
        this.directory = directory;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/audit/", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1/audit";
    }

    int requests() {
        return requests.get();
    }

    /** The next answers are 503. */
    void breakDown(int answers) {
        broken = answers;
    }

    private void answer(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        Path file = directory.resolve(exchange.getRequestURI().getPath().substring("/v1/audit/".length()));
        try (exchange) {
            if (broken > 0) {
                broken--;
                exchange.sendResponseHeaders(503, -1);
            } else if (!Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(404, -1);
            } else {
                byte[] bytes = Files.readAllBytes(file);
                if (file.toString().contains("entries")) {
                    exchange.getResponseHeaders().set("Content-Encoding", "gzip");
                    bytes = zipped(bytes);
                }
                exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
