package io.regrade.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which can be killed. */
final class ForkedServer implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("listens on (http://[^,]+),");

    final Process process;
    final String address;
    private final Path data;
    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(5))
            .version(HttpClient.Version.HTTP_1_1)
            .build();

    private ForkedServer(Process process, String address, Path data) {
        this.process = process;
        this.address = address;
        this.data = data;
    }

    /** Starts one and waits until it listens. */
    static ForkedServer start(Path data, Map<String, String> environment) throws IOException {
        return start(data, environment, List.of());
    }

    /** Starts one with a command before it, such as one that makes it somebody else's, and waits until it listens. */
    static ForkedServer start(Path data, Map<String, String> environment, List<String> before) throws IOException {
        Process process = launch(data, environment, before);
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.find()) {
                return new ForkedServer(process, matcher.group(1), data);
            }
        }
        throw new IOException("the server ended before it listened: " + Files.readString(data.resolve("server.log")));
    }

    /** Starts one and does not wait. */
    static Process launch(Path data, Map<String, String> environment, List<String> before) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dregrade.home=" + Path.of("").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                "io.regrade.app.Main",
                "serve",
                "--port",
                "0",
                "--data",
                data.toString()));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectError(data.resolve("server.log").toFile());
        return builder.start();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
        return post(path, json, "somebody");
    }

    /** As somebody whose name is told. */
    HttpResponse<String> post(String path, String json, String actor) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(address + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .header("Regrade-Actor", actor)
                        .POST(HttpRequest.BodyPublishers.ofString(json))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** The status that a path is answered with. */
    int status(String path) throws InterruptedException {
        try {
            return get(path).statusCode();
        } catch (IOException e) {
            throw new AssertionError(path, e);
        }
    }

    /** Ends the PostgreSQL that it has started as `kill -9` does; answers whether there was one. */
    boolean killPostgres() {
        Optional<ProcessHandle> postgres = postgres();
        postgres.ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().join();
        });
        return postgres.isPresent();
    }

    /** The process of the PostgreSQL that it has started. */
    Optional<ProcessHandle> postgres() {
        try {
            List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
            return ProcessHandle.of(Long.parseLong(lines.get(0).strip()))
                    .filter(process -> process.info().command().orElse("").endsWith("postgres"));
        } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty(); // it is just being started
        }
    }

    /** Ends it as `kill -9` does. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
