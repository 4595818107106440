package io.regrade.bench;

import io.regrade.app.Main;
import io.regrade.db.DatabaseAddress;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program in a process of its own: a server that says where it listens, or one that answers lines. */
final class ServerFork implements AutoCloseable {

    private static final Pattern ADDRESS = Pattern.compile("listens(?: on (http://[^, ]+))?");

    private final Process process;
    private final BufferedReader out;
    private final URI address;

    private ServerFork(Process process, BufferedReader out, URI address) {
        this.process = process;
        this.out = out;
        this.address = address;
    }

    /** Regrade over a database; its key and its compiled policies lie below a directory. */
    static ServerFork regrade(Path data, DatabaseAddress database, List<String> options) throws IOException {
        List<String> jvm = new ArrayList<>(options);
        jvm.add("-Dregrade.home=" + Path.of("").toAbsolutePath());
        return start(
                jvm,
                Main.class,
                List.of("serve", "--port", "0", "--data", data.toString()),
                Map.of(
                        "REGRADE_DATABASE_URL",
                        database.url(),
                        "REGRADE_DATABASE_USER",
                        database.user(),
                        "REGRADE_DATABASE_PASSWORD",
                        database.password()));
    }

    /** Any class whose first lines of output say where it listens. */
    static ServerFork start(
            List<String> options, Class<?> main, List<String> arguments, Map<String, String> environment)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx2g");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        Process process = builder.start();
        BufferedReader out = process.inputReader();
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            Matcher matcher = ADDRESS.matcher(line);
            if (matcher.find()) {
                String address = matcher.group(1);
                return new ServerFork(process, out, URI.create(address == null ? "" : address));
            }
        }
        process.destroyForcibly();
        throw new IOException(main.getSimpleName() + " ended before it listened");
    }

    /** Where it is. */
    URI address() {
        return address;
    }

    /** Gives it a line. */
    void tell(String line) throws IOException {
        process.outputWriter().write(line + "\n");
        process.outputWriter().flush();
    }

    /** Gives it a line, and returns the next one that it prints. */
    String ask(String line) throws IOException {
        tell(line);
        String answer = out.readLine();
        if (answer == null) {
            throw new IOException("it ended at `" + line + "`");
        }
        return answer;
    }

    /** The processor time it took so far, seconds. */
    double cpuSeconds() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L) / 1e9;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
