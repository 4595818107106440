package io.regrade.db.embedded;

import io.regrade.db.DatabaseAddress;
import io.regrade.db.DatabaseException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that Regrade starts and stops, on a free port of the loopback address, with its data below a
 * directory: {@code postgres/} holds the data, {@code postgres.password} the password, {@code cache/} the programs.
 *
 * <p>However this process ends, the server is stopped, too: see {@link PostgresProcess}. When the server ends by itself,
 * it is started again, on the same port, for as long as it takes. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration STEADY = Duration.ofSeconds(30);

    private final DataDirectory data;
    private final Path programs;
    private final Unprivileged user;
    private final int port;
    private final FileLock lock;
    private final Runnable restarted;
    private final Thread watch;
    private volatile PostgresProcess process;
    private volatile boolean closed;

    private EmbeddedPostgres(
            DataDirectory data, Path programs, Unprivileged user, int port, FileLock lock, Runnable restarted)
            throws IOException {
        this.data = data;
        this.programs = programs;
        this.user = user;
        this.port = port;
        this.lock = lock;
        this.restarted = restarted;
        this.process = PostgresProcess.start(data.path(), programs, user, address(), port);
        this.watch = new Thread(this::watch, "regrade-postgres");
        watch.setDaemon(true);
    }

    /** Starts it; nobody asks how often it had to be started again. */
    public static EmbeddedPostgres start(Path directory) {
        return start(directory, () -> {});
    }

    /**
     * Starts it.
     *
     * @param directory where everything is kept; made when it is missing
     * @param restarted called each time that it had ended by itself and answers again
     * @throws DatabaseException when it cannot be started; the message says why
     */
    public static EmbeddedPostgres start(Path directory, Runnable restarted) {
        Path home = directory.toAbsolutePath().normalize();
        FileLock lock = null;
        try {
            Files.createDirectories(home);
            lock = lock(home);
            Unprivileged user = Unprivileged.now().reaching(home);
            Path programs = Binaries.in(home.resolve("cache"));
            DataDirectory data = DataDirectory.in(home, programs, user);
            EmbeddedPostgres started = new EmbeddedPostgres(data, programs, user, freePort(), lock, restarted);
            started.watch.start();
            LOG.info("started PostgreSQL {} with its data in {}", Binaries.VERSION, data.path());
            return started;
        } catch (IOException e) {
            release(lock);
            throw new DatabaseException("PostgreSQL cannot be started in " + home + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            release(lock);
            throw e;
        }
    }

    private static FileLock lock(Path home) throws IOException {
        FileChannel channel =
                FileChannel.open(home.resolve("postgres.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
        } catch (OverlappingFileLockException e) {
            // the same as a lock of another process
        }
        channel.close();
        throw new DatabaseException(
                "another Regrade uses " + home + ". Maybe stop it, or choose another directory with `--data`");
    }

    private static void release(@Nullable FileLock lock) {
        if (lock != null) {
            try {
                lock.acquiredBy().close();
            } catch (IOException e) {
                LOG.debug("the lock was gone: {}", e.getMessage());
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts the server again whenever it ends by itself, until this is closed. */
    private void watch() {
        Duration pause = FIRST_PAUSE;
        try {
            while (!closed) {
                long begun = System.nanoTime();
                process.awaitEnd();
                if (closed) {
                    return;
                }
                process.clear();
                LOG.error("PostgreSQL in {} ended by itself, it is started again", data.path());
                if (System.nanoTime() - begun > STEADY.toNanos()) {
                    pause = FIRST_PAUSE;
                }
                pause = startAgain(pause);
            }
        } catch (InterruptedException e) {
            LOG.debug("PostgreSQL is no longer watched: it is being stopped");
        }
    }

    /** Tries until it runs. Gives the pause that the next time begins with, so that one that keeps ending costs little. */
    private Duration startAgain(Duration first) throws InterruptedException {
        Duration pause = first;
        while (true) {
            Thread.sleep(pause.toMillis());
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
            try {
                process = PostgresProcess.start(data.path(), programs, user, address(), port);
                LOG.info("PostgreSQL in {} answers again", data.path());
                restarted.run();
                return pause;
            } catch (IOException | DatabaseException e) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                LOG.warn("{}; it is tried again in {} ms", e.getMessage(), pause.toMillis());
            }
        }
    }

    /** Where it is; that stays the same. */
    public DatabaseAddress address() {
        return new DatabaseAddress(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres", DataDirectory.USER, data.password());
    }

    /** The process of the server itself, for those who test what happens when it dies. */
    public ProcessHandle server() {
        return process.server();
    }

    /** Stops it; what runs in it is rolled back. */
    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        try {
            watch.join(Duration.ofSeconds(60).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.stop();
        release(lock);
    }
}
