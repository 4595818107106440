package io.regrade.db.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that Regrade starts and stops, on a free port of the loopback address, with its data below a
 * directory: {@code postgres/} holds the data, {@code postgres.password} the password, {@code cache/} the programs.
 *
 * <p>Its parent is a small shell that waits for the end of a pipe from this process: however this process ends, the pipe
 * ends too, and the server is stopped. Thread-safe.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final String USER = "regrade";
    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;
    private static final int PASSWORD_BYTES = 24;
    private static final long LOG_MOST_BYTES = 10L << 20;

    /** Stops the server when standard input ends; a signal to the group is for Regrade, which stops it in its time. */
    private static final String GUARD = "trap '' INT TERM HUP; command -v setsid >/dev/null && set -- setsid \"$@\";"
            + " \"$@\" </dev/null & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid";

    private final Path data;
    private final FileLock lock;
    private final Process guard;
    private final DatabaseAddress address;

    private EmbeddedPostgres(Path data, FileLock lock, Process guard, DatabaseAddress address) {
        this.data = data;
        this.lock = lock;
        this.guard = guard;
        this.address = address;
    }

    /**
     * Starts it.
     *
     * @param directory where everything is kept; made when it is missing
     * @throws DatabaseException when it cannot be started; the message says why
     */
    public static EmbeddedPostgres start(Path directory) {
        Path home = directory.toAbsolutePath().normalize();
        FileLock lock = null;
        try {
            Files.createDirectories(home);
            lock = lock(home);
            Unprivileged user = Unprivileged.now().reaching(home);
            Path programs = Binaries.in(home.resolve("cache"));
            Path data = home.resolve("postgres");
            String password = password(home.resolve("postgres.password"));
            prepare(home, data, programs, user, password);
            endOfThoseBefore(data);
            EmbeddedPostgres started = started(data, lock, programs, user, password);
            LOG.info("started PostgreSQL {} with its data in {}", Binaries.VERSION, data);
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

    private static String password(Path file) throws IOException {
        if (Files.exists(file) && Files.size(file) > 0) {
            return Files.readString(file, UTF_8).strip();
        }
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, password + "\n", UTF_8);
        return password;
    }

    private static void prepare(Path home, Path data, Path programs, Unprivileged user, String password)
            throws IOException {
        Path version = data.resolve("PG_VERSION");
        Path done = home.resolve("postgres.made");
        if (Files.exists(version) && Files.exists(done)) {
            String major = Files.readString(version, UTF_8).strip();
            if (!major.equals(String.valueOf(Binaries.MAJOR))) {
                throw new DatabaseException("the data in " + data + " is of PostgreSQL " + major + ", this is "
                        + Binaries.MAJOR + ". Maybe move it with `pg_upgrade`, or `pg_dump` it with the older program");
            }
            user.own(data);
            return;
        }
        if (Files.exists(done)) {
            throw new DatabaseException("the data in " + data + " is gone or damaged: PG_VERSION is missing."
                    + " Maybe restore a backup, or remove " + done + " to begin anew");
        }
        if (Files.exists(data)) {
            Binaries.remove(data); // what an initdb left that did not come to its end
        }
        Files.createDirectory(data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        user.own(data);
        initialise(home, data, programs, user, password);
        Files.createFile(done);
    }

    private static void initialise(Path home, Path data, Path programs, Unprivileged user, String password)
            throws IOException {
        Path secret = Files.createTempFile(data, "password", "");
        Path log = home.resolve("postgres.log");
        try {
            Files.writeString(secret, password, UTF_8);
            user.own(data);
            Path passwordFile = home.resolve("postgres.init");
            Files.move(secret, passwordFile, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            secret = passwordFile;
            List<String> command = new ArrayList<>(user.prefix());
            command.addAll(List.of(
                    programs.resolve("bin/initdb").toString(),
                    "-D",
                    data.toString(),
                    "-U",
                    USER,
                    "-A",
                    "scram-sha-256",
                    "--pwfile=" + secret,
                    "--locale=C",
                    "--encoding=UTF8",
                    "--data-checksums"));
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .start();
            if (await(process, START_SECONDS) != 0) {
                throw new DatabaseException("PostgreSQL could not make its data directory " + data + ": "
                        + lastLine(log) + ". Maybe the disk is full");
            }
        } finally {
            Files.deleteIfExists(secret);
        }
    }

    /** Waits for a server of an earlier start that is on its way out, and stops one that was left behind. */
    private static void endOfThoseBefore(Path data) throws IOException {
        Path file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        List<String> lines = Files.readAllLines(file, UTF_8);
        long pid;
        try {
            pid = Math.abs(Long.parseLong(lines.get(0).strip()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return; // PostgreSQL itself says what it thinks of it
        }
        Optional<ProcessHandle> before = ProcessHandle.of(pid)
                .filter(process -> process.info()
                                .command()
                                .map(command -> command.endsWith("postgres"))
                                .orElse(true)
                        && process.info()
                                .arguments()
                                .map(arguments -> List.of(arguments).contains(data.toString()))
                                .orElse(true));
        if (before.isEmpty()) {
            return;
        }
        LOG.info("PostgreSQL {} of an earlier start still runs, it is stopped first", pid);
        ProcessHandle process = before.get();
        try {
            process.onExit().get(5, TimeUnit.SECONDS);
        } catch (java.util.concurrent.TimeoutException e) {
            process.destroy();
            try {
                process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
            } catch (Exception still) {
                throw new DatabaseException("PostgreSQL " + pid + " uses " + data + " and does not end", still);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static EmbeddedPostgres started(Path data, FileLock lock, Path programs, Unprivileged user, String password)
            throws IOException {
        int port = freePort();
        Path log = data.resolveSibling("postgres.log");
        if (Files.exists(log) && Files.size(log) > LOG_MOST_BYTES) {
            Files.delete(log);
        }
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "regrade-postgres"));
        command.addAll(user.prefix());
        command.addAll(List.of(
                programs.resolve("bin/postgres").toString(),
                "-D",
                data.toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "max_wal_size=2GB",
                "-c",
                "shared_buffers=256MB",
                "-c",
                "log_min_messages=warning"));
        Process guard = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        DatabaseAddress address =
                new DatabaseAddress("jdbc:postgresql://127.0.0.1:" + port + "/postgres", USER, password);
        long begun = System.nanoTime();
        while (true) {
            try (Connection connection =
                    DriverManager.getConnection(address.url(), address.user(), address.password())) {
                connection.isValid(1);
                return new EmbeddedPostgres(data, lock, guard, address);
            } catch (SQLException e) {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
                if (seconds >= START_SECONDS || (seconds >= 1 && server(guard).isEmpty())) {
                    guard.getOutputStream().close();
                    throw new DatabaseException("PostgreSQL does not start in " + data + ": " + lastLine(log)
                            + ". Maybe " + log + " tells more");
                }
                pause();
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log, UTF_8) : List.of();
        return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1).strip();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DatabaseException("interrupted while PostgreSQL was starting", e);
        }
    }

    private static int await(Process process, int seconds) {
        try {
            if (process.waitFor(seconds, TimeUnit.SECONDS)) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.destroyForcibly();
        return -1;
    }

    /** Where it is. */
    public DatabaseAddress address() {
        return address;
    }

    /** The process of the server itself, for those who test what happens when it dies. */
    Optional<ProcessHandle> server() {
        return server(guard);
    }

    private static Optional<ProcessHandle> server(Process guard) {
        return guard.children()
                .filter(child -> child.info().command().orElse("").endsWith("postgres"))
                .findFirst();
    }

    /** Stops it; what runs in it is rolled back. */
    @Override
    public void close() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("the pipe was gone: {}", e.getMessage());
        }
        if (await(guard, STOP_SECONDS) < 0) {
            LOG.warn("PostgreSQL in {} had to be killed", data);
        }
        release(lock);
    }
}
