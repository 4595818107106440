package io.regrade.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Programs as a container runs them: by a user who is not root and can gain nothing, in a directory of the test's own. All
 * are ended with the test.
 */
final class Programs implements AutoCloseable {

    private static final int NOBODY = 65_534;

    final Path directory;
    private final boolean root;
    private final Deque<Process> started = new ArrayDeque<>();

    Programs() throws IOException {
        directory = Files.createTempDirectory("regrade-deployment");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        root = Integer.valueOf(0).equals(Files.getAttribute(directory, "unix:uid"));
    }

    /** A new directory that the programs may write to. */
    Path writable(String name) throws IOException {
        Path made = Files.createDirectories(directory.resolve(name));
        if (root) {
            Files.setAttribute(made, "unix:uid", NOBODY);
            Files.setAttribute(made, "unix:gid", NOBODY);
        }
        Files.setPosixFilePermissions(made, PosixFilePermissions.fromString("rwx------"));
        return made;
    }

    private Process begin(String name, Map<String, String> environment, List<String> command) throws IOException {
        List<String> all = new ArrayList<>();
        if (root) {
            all.addAll(List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
            all.addAll(List.of("--no-new-privs", "--bounding-set=-all", "--inh-caps=-all", "--"));
        }
        all.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(all)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log(name).toFile()));
        builder.environment().clear();
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Path log(String name) {
        return directory.resolve(name + ".log");
    }

    /** Starts a program, and waits until it has written something. */
    Process start(String name, Map<String, String> environment, List<String> command, String awaited) throws Exception {
        Process process = begin(name, environment, command);
        started.push(process);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        while (!Files.readString(log(name)).contains(awaited)) {
            assertThat(process.isAlive() && System.nanoTime() < deadline)
                    .as(name + " starts: " + Files.readString(log(name)))
                    .isTrue();
            Thread.sleep(50);
        }
        return process;
    }

    /** Runs a program to its end, and gives its exit code. */
    int run(String name, Map<String, String> environment, String... command) throws Exception {
        Process process = begin(name, environment, List.of(command));
        started.push(process);
        assertThat(process.waitFor(90, TimeUnit.SECONDS)).as(name).isTrue();
        started.remove(process);
        return process.exitValue();
    }

    /** What a program has written. */
    String written(String name) throws IOException {
        return Files.readString(log(name));
    }

    /** Asks a program to end, and waits for it. */
    static void stop(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /** A port of the loopback address that nobody has, most likely. */
    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws Exception {
        while (!started.isEmpty()) {
            stop(started.pop());
        }
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
