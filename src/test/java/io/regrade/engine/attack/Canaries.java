package io.regrade.engine.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What hostile rules are after: files, a port that listens, and what a JVM has one of. Tells whether any of it was
 * touched since it was made.
 */
final class Canaries implements AutoCloseable {

    /** Names that the JDK gives to threads that got none; those that the engine and other tests need have one. */
    private static final Pattern UNNAMED = Pattern.compile("(Thread|Timer)-\\d+|pool-\\d+-thread-\\d+");

    private final Path written;
    private final Path touched;
    private final Path kept;
    private final ServerSocket listener;
    private final AtomicInteger connections = new AtomicInteger();
    private final Properties properties = (Properties) System.getProperties().clone();
    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();
    private final Set<Long> children = children();
    private final Set<Thread> threads;

    Canaries(Path directory) {
        this.written = directory.resolve("written");
        this.touched = directory.resolve("touched");
        this.kept = directory.resolve("kept");
        try {
            Files.writeString(kept, "sings");
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread accepting = new Thread(this::accept, "canary-listener");
        accepting.setDaemon(true);
        accepting.start();
        this.threads = Thread.getAllStackTraces().keySet();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                connections.incrementAndGet();
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    /** Tags by which a machine tells hostile rules of them. */
    Map<String, String> tags() {
        return Map.of(
                "env", "prod",
                "written", written.toString(),
                "touched", touched.toString(),
                "kept", kept.toString(),
                "port", Integer.toString(listener.getLocalPort()));
    }

    /** Nothing outside of this JVM was touched. */
    void assertNothingOutside() {
        assertThat(written).doesNotExist();
        assertThat(touched).doesNotExist();
        assertThat(kept).hasContent("sings");
        assertThat(connections()).isZero();
    }

    /** Nothing of this JVM was touched, and no thread without a name or process was left behind. */
    void assertNothingInside() {
        assertThat(System.getProperties()).containsAllEntriesOf(properties).doesNotContainKey("canary");
        assertThat(Locale.getDefault()).isEqualTo(locale);
        assertThat(TimeZone.getDefault()).isEqualTo(zone);
        assertThat(children()).isSubsetOf(children);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> !threads.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> UNNAMED.matcher(name).matches()))
                .isEmpty();
    }

    Path written() {
        return written;
    }

    Path touched() {
        return touched;
    }

    Path kept() {
        return kept;
    }

    int connections() {
        return connections.get();
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
