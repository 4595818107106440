package io.regrade.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.regrade.db.embedded.SharedPrograms;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nothing could be recorded with: the process does not start, so that it is never ready, and says why. */
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
        ForkedServer.start(SharedPrograms.in(data), Map.of()).close();
        Files.delete(data.resolve("audit.key"));

        Process process = ForkedServer.launch(data, Map.of(), List.of());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(100);
        assertThat(Files.readString(data.resolve("server.log"), UTF_8))
                .contains("the log in the database is signed with");
    }

    @Test
    void aLibraryThatCannotBeLoaded_refusesTheStart_beforeThereIsAPostgres() throws Exception {
        Path library = data.resolve("libzstd-jni.so");
        Files.writeString(library, "no library");

        Process process =
                ForkedServer.launch(data, Map.of("JAVA_TOOL_OPTIONS", "-DZstdNativePath=" + library), List.of());
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isEqualTo(100);
        assertThat(Files.readString(data.resolve("server.log"), UTF_8))
                .contains("nothing can be recorded: the library that compresses cannot be loaded, " + library + ": ")
                .contains("Maybe `-DZstdNativePath=" + library + "` names no library")
                .doesNotContain("at io.regrade");
        assertThat(process.inputReader().lines()).noneMatch(line -> line.contains("listens on"));
        assertThat(data.resolve("postgres")).doesNotExist();
    }
}
