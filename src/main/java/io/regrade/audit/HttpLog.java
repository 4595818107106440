package io.regrade.audit;

import io.regrade.tlog.TilePath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** A log that is served over HTTP. */
final class HttpLog implements LogSource {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 500;
    private static final int NOT_FOUND = 404;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI prefix;

    /** A log below an address that ends with a slash. */
    HttpLog(URI prefix) {
        this.prefix = prefix;
        if (prefix.getHost() == null) {
            throw new UnreadableException("`" + prefix + "` is no address. Maybe `http://127.0.0.1:8080/v1/audit`");
        }
    }

    @Override
    public byte[] checkpoint() {
        return get("checkpoint")
                .orElseThrow(() -> new UnreadableException(
                        prefix + "checkpoint: 404, there is no log. Maybe `http://127.0.0.1:8080/v1/audit`"));
    }

    @Override
    public Optional<byte[]> read(TilePath path) {
        return get(path.toString());
    }

    /** An answer of 5xx or none at all is asked for again, as a server may just be starting. */
    private Optional<byte[]> get(String path) {
        URI address = prefix.resolve(path);
        String last = "";
        for (int i = 0; i < TRIES; i++) {
            try {
                if (i > 0) {
                    Thread.sleep(PAUSE_MILLIS);
                }
                HttpResponse<InputStream> answer = client.send(
                        HttpRequest.newBuilder(address)
                                .timeout(PATIENCE)
                                .header("Accept-Encoding", "gzip, identity")
                                .build(),
                        HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = answer.body()) {
                    if (answer.statusCode() == 200) {
                        return Optional.of(content(answer, body, address));
                    }
                    if (answer.statusCode() == NOT_FOUND) {
                        return Optional.empty();
                    }
                    last = "the answer is " + answer.statusCode();
                }
                if (answer.statusCode() < 500) {
                    break;
                }
            } catch (IOException e) {
                last = Reason.of(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UnreadableException(address + ": interrupted");
            }
        }
        throw new UnreadableException(address + ": cannot be read: " + last);
    }

    private static byte[] content(HttpResponse<InputStream> answer, InputStream body, URI address) throws IOException {
        byte[] bytes = limited(body, address);
        boolean zipped =
                answer.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        return zipped ? limited(new GZIPInputStream(new ByteArrayInputStream(bytes)), address) : bytes;
    }

    private static byte[] limited(InputStream body, URI address) throws IOException {
        byte[] bytes = body.readNBytes((int) DirectoryLog.MOST_BYTES + 1);
        if (bytes.length > DirectoryLog.MOST_BYTES) {
            throw new UnreadableException(address + ": longer than anything of a log");
        }
        return bytes;
    }
}
