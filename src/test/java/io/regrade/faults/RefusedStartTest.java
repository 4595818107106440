package io.regrade.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key that cannot be used: the process does not start, says why, leaves the file as it is and no PostgreSQL behind. */
class RefusedStartTest {

    @TempDir
    private Path data;

    private void refused(String content, String permissions, String reason) throws Exception {
        Path key = data.resolve("audit.key");
        Files.deleteIfExists(key);
        Files.createFile(key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(key, content);
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString(permissions));

        Process process = ForkedServer.launch(data, Map.of(), List.of());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(100);
        assertThat(Files.readString(data.resolve("server.log"), UTF_8)).contains(key + ": " + reason);
        assertThat(Files.readString(key)).isEqualTo(content);
        assertThat(Files.exists(data.resolve("postgres/postmaster.pid")))
                .as("PostgreSQL runs")
                .isFalse();
    }

    @Test
    void aKeyThatIsDamaged_refusesTheStart_andSaysWhy() throws Exception {
        refused("hello", "rw-------", "the log's key is ");
        refused("", "rw-------", "the log's key is ");
        refused("hello", "rw-r--r--", "");
    }

    @Test
    void aKeyThatTheLogIsNotSignedWith_refusesTheStart() throws Exception {
        ForkedServer.start(data, Map.of()).close();
        Files.delete(data.resolve("audit.key"));

        Process process = ForkedServer.launch(data, Map.of(), List.of());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(100);
        assertThat(Files.readString(data.resolve("server.log"), UTF_8))
                .contains("the log in the database is signed with");
    }
}
