package io.regrade.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The data directory is on a small disk of its own, in memory, that is filled while clients are at work. */
class FullDiskTest {

    private static final int CLIENTS = 4;
    private static final long MIB = 1L << 20;
    private static final String FULL = "503 the ledger's disk is full. Maybe ask again in 1 s";

    @TempDir
    private Path directory;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectory(directory.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=1g,mode=755", "regrade-test", disk.toString());
        assumeTrue(mounted, "a disk is not filled here: only root may mount a small one");
    }

    @AfterEach
    void unmount() throws Exception {
        if (mounted) {
            assertThat(run("umount", disk.toString()) || run("umount", "-l", disk.toString()))
                    .isTrue();
        }
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    /** Leaves this much room on the disk. */
    private void leave(long bytes) throws InterruptedException {
        Load.await("the disk has another size", () -> {
            try {
                FileStore store = Files.getFileStore(disk);
                long used = store.getTotalSpace() - store.getUnallocatedSpace();
                // It fails when the files have grown over it in the meantime.
                return run("mount", "-o", "remount,size=" + (used + bytes), disk.toString());
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void aFullDisk_isRefusedWithAReason_andHealsOnceThereIsRoom() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = Files.createDirectory(disk.resolve("data"));
        try (ForkedServer server = ForkedServer.start(data, Map.of());
                Load load = new Load()) {
            load.start(server, CLIENTS);
            load.awaitAcknowledged(50);
            leave(MIB);
            awaitRefusals(server, load);
            assertThat(server.status("/health/live")).isEqualTo(200);
            assertThat(server.status("/v1/decisions?limit=1"))
                    .as("what is there can still be read")
                    .isEqualTo(200);
            awaitHealed(server, load);

            // Now the write-ahead log cannot grow either, which PostgreSQL does not survive.
            leave(0);
            awaitRefusals(server, load);
            fillWriteAheadLog(data, server);
            Load.await("the ready probe fails", () -> server.status("/health/ready") == 503);
            Thread.sleep(2000); // it is started again and again, and finds no room
            awaitHealed(server, load);
            load.stop();

            int stored = load.check(server);
            assertThat(load.refused.keySet()).allMatch(refusal -> refusal.startsWith("503 the ledger's "));
            System.out.printf(
                    "disk filled twice: %d decisions acknowledged, %d stored, refused: %s, PostgreSQL started again: %.0f%n",
                    load.acknowledged.size(),
                    stored,
                    load.refused,
                    Load.metric(server, "regrade_database_restarts_total"));
        }
    }

    private static void awaitRefusals(ForkedServer server, Load load) throws InterruptedException {
        int before = load.refused.getOrDefault(FULL, 0);
        Load.await(
                "decisions are refused, as the disk is full: " + load.refused,
                () -> load.refused.getOrDefault(FULL, 0) > before);
        Load.await("the ready probe fails", () -> server.status("/health/ready") == 503);
    }

    private void awaitHealed(ForkedServer server, Load load) throws InterruptedException {
        leave(256 * MIB);
        Load.await("the ready probe heals", () -> server.status("/health/ready") == 200);
        load.awaitAcknowledged(50);
    }

    /** Asks for one segment after another until PostgreSQL has given up. */
    private static void fillWriteAheadLog(Path data, ForkedServer server) throws Exception {
        ProcessHandle postgres = server.postgres().orElseThrow();
        List<String> lines = Files.readAllLines(data.resolve("postgres/postmaster.pid"));
        String url = "jdbc:postgresql://127.0.0.1:" + lines.get(3).strip() + "/postgres";
        String password = Files.readString(data.resolve("postgres.password")).strip();
        assertThatThrownBy(() -> {
                    try (Connection connection = DriverManager.getConnection(url, "regrade", password);
                            Statement statement = connection.createStatement()) {
                        for (int segment = 0; segment < 100; segment++) {
                            statement.execute("select pg_logical_emit_message(false, 'test', 'a'), pg_switch_wal()");
                        }
                    }
                })
                .isInstanceOf(SQLException.class);
        postgres.onExit().get(60, TimeUnit.SECONDS);
    }
}
