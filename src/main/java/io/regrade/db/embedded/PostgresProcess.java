package io.regrade.db.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.regrade.db.DatabaseAddress;
import io.regrade.db.DatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that runs, as the child of a small shell that waits for the end of a pipe from this process.
 * Thread-safe.
 */
final class PostgresProcess {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresProcess.class);
    private static final int START_SECONDS = 60;
    /** A server that is not seen for so long has ended; on a busy machine it takes a while to be seen. */
    private static final int GONE_SECONDS = 5;

    private static final int STOP_SECONDS = 30;
    private static final long LOG_MOST_BYTES = 10L << 20;
    /** The server is there, and is not done yet with what it does before it lets anybody in. */
    private static final String STARTING = "57P03";

    /** Stops the server when standard input ends; a signal to the group is for Regrade, which stops it in its time. */
    private static final String GUARD = "trap '' INT TERM HUP; command -v setsid >/dev/null && set -- setsid \"$@\";"
            + " \"$@\" </dev/null & pid=$!; cat >/dev/null; kill -INT $pid; wait $pid";

    private final Path data;
    private final Process guard;
    private final ProcessHandle server;

    private PostgresProcess(Path data, Process guard, ProcessHandle server) {
        this.data = data;
        this.guard = guard;
        this.server = server;
    }

    /**
     * Starts one and waits until it lets people in. What it has to recover first may take as long as it needs.
     *
     * @throws DatabaseException when it does not start; the message says why
     */
    static PostgresProcess start(Path data, Path programs, Unprivileged user, DatabaseAddress address, int port)
            throws IOException {
        endOfThoseBefore(data);
        Path log = log(data);
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
        boolean started = false;
        try {
            PostgresProcess process = new PostgresProcess(data, guard, awaited(guard, data, address));
            started = true;
            return process;
        } finally {
            if (!started) {
                guard.getOutputStream().close();
            }
        }
    }

    private static ProcessHandle awaited(Process guard, Path data, DatabaseAddress address) throws IOException {
        long begun = System.nanoTime();
        while (true) {
            Optional<ProcessHandle> server = server(guard);
            String state = null;
            try (Connection connection =
                    DriverManager.getConnection(address.url(), address.user(), address.password())) {
                if (server.isPresent() && connection.isValid(1)) {
                    return server.get();
                }
            } catch (SQLException e) {
                state = e.getSQLState();
            }
            long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
            boolean tooLong = seconds >= START_SECONDS && !STARTING.equals(state);
            if (tooLong || (seconds >= GONE_SECONDS && server.isEmpty())) {
                throw new DatabaseException("PostgreSQL does not start in " + data + ": " + lastLine(log(data))
                        + ". Maybe " + log(data) + " tells more");
            }
            pause();
        }
    }

    /** The file that the servers of a data directory write to. */
    static Path log(Path data) {
        return data.resolveSibling("postgres.log");
    }

    /** The last line of a log, as part of a sentence. */
    static String lastLine(Path log) throws IOException {
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

    private static Optional<ProcessHandle> server(Process guard) {
        return guard.children()
                .filter(child -> child.info().command().orElse("").endsWith("postgres"))
                .findFirst();
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

    /** The server's own process. */
    ProcessHandle server() {
        return server;
    }

    /** Waits until the server has ended, for whatever reason. */
    void awaitEnd() throws InterruptedException {
        try {
            server.onExit().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Clears away what is left once the server has ended by itself. Nothing is signalled: its number may be another's. */
    void clear() {
        guard.destroyForcibly();
        closePipe();
    }

    /** Stops it; what runs in it is rolled back. */
    void stop() {
        closePipe();
        try {
            if (guard.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        guard.destroyForcibly();
        server.destroyForcibly();
        LOG.warn("PostgreSQL in {} had to be killed", data);
    }

    private void closePipe() {
        try {
            guard.getOutputStream().close();
        } catch (IOException e) {
            LOG.debug("the pipe was gone: {}", e.getMessage());
        }
    }
}
