package io.regrade.deployment;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Prometheus and a node_exporter that nobody here made, on the loopback address; they end with this. */
public final class RealPrometheus implements AutoCloseable {

    private final Path directory;
    private final List<Process> processes = new ArrayList<>();
    private final int port;
    private final int exporterPort;
    private final HttpClient client = HttpClient.newHttpClient();

    /**
     * Starts both.
     *
     * @param directory where they keep what they keep
     * @param regrade the server that is written to
     * @param seconds between two scrapes
     */
    public RealPrometheus(Path directory, URI regrade, int seconds) throws IOException {
        this.directory = directory;
        port = freePort();
        exporterPort = freePort();
        Path config =
                Files.writeString(directory.resolve("prometheus.yml"), """
                global:
                  scrape_interval: %1$ds
                  scrape_timeout: %1$ds
                scrape_configs:
                  - job_name: node
                    static_configs:
                      - targets: ["127.0.0.1:%2$d"]
                        labels: {vm: scraped}
                remote_write:
                  - url: %3$s/v1/write
                    queue_config: {batch_send_deadline: 1s}
                """.formatted(seconds, exporterPort, regrade));
        try {
            start("prometheus-node-exporter", "--web.listen-address=127.0.0.1:" + exporterPort);
            start(
                    "prometheus",
                    "--config.file=" + config,
                    "--storage.tsdb.path=" + directory.resolve("tsdb"),
                    "--web.listen-address=127.0.0.1:" + port);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** Which of the programs is missing here, if one is. */
    public static Optional<String> missing() {
        return Stream.of("prometheus", "prometheus-node-exporter")
                .filter(name -> Stream.of("/usr/local/bin", "/usr/bin", "/bin")
                        .noneMatch(place -> Files.isExecutable(Path.of(place, name))))
                .findFirst();
    }

    private void start(String... command) throws IOException {
        processes.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(command[0] + ".log").toFile()))
                .start());
    }

    /** What it tells of itself: the sum of all series of a metric; 0 when there is none, or it is not up yet. */
    public double metric(String name) throws InterruptedException {
        try {
            HttpResponse<String> answer = client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return answer.body()
                    .lines()
                    .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        } catch (IOException e) {
            return 0;
        }
    }

    /** Where its HTTP API is. */
    public URI address() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** Scrapes no more; what was scraped is still sent. */
    public void stopExporter() {
        processes.get(0).destroy();
    }

    @Override
    public void close() {
        processes.forEach(Process::destroy);
        for (Process process : processes) {
            try {
                if (!process.waitFor(20, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
