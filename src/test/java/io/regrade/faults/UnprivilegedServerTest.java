package io.regrade.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole server, with a PostgreSQL of its own, of somebody who is not root. */
class UnprivilegedServerTest {

    /** Nobody, who is somebody everywhere: PostgreSQL wants a user that has a name. */
    private static final int SOMEBODY = 65_534;
    /** A user that has none. */
    private static final int NAMELESS = 61_234;

    @TempDir
    private Path directory;

    /** The right to read is for the classes, which may lie in root's own directories; none to write comes with it. */
    private static List<String> as(int user) {
        return List.of(
                "/usr/bin/setpriv",
                "--reuid=" + user,
                "--regid=" + user,
                "--clear-groups",
                "--securebits=+no_setuid_fixup",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search",
                "--");
    }

    private Path dataOf(int user) throws Exception {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/setpriv")) && userOf(Path.of("/proc/self")) == 0,
                "only root can become somebody else; as another user every other test of a server is this one");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path data = Files.createDirectory(directory.resolve("data"));
        Files.setAttribute(data, "unix:uid", user);
        Files.setAttribute(data, "unix:gid", user);
        return data;
    }

    @Test
    void aServerOfSomebodyElse_startsItsPostgresAsThatOne_andGoesOnWithItsData() throws Exception {
        Path data = dataOf(SOMEBODY);
        Load load = new Load();
        for (int start = 1; start <= 2; start++) {
            try (ForkedServer server = ForkedServer.start(data, Map.of(), as(SOMEBODY))) {
                load.start(server, 2);
                load.awaitAcknowledged(10);
                load.stop();
                long postgres = server.postgres().orElseThrow().pid();
                assertThat(userOf(Path.of("/proc", String.valueOf(postgres)))).isEqualTo(SOMEBODY);
                assertThat(userOf(Path.of("/proc", String.valueOf(server.process.pid()))))
                        .isEqualTo(SOMEBODY);
                load.check(server);
            }
        }
        assertThat(userOf(data.resolve("postgres/PG_VERSION"))).isEqualTo(SOMEBODY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.resolve("audit.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aServerOfAUserWithoutAName_saysWhatIsMissing() throws Exception {
        Path data = dataOf(NAMELESS);
        Process process = ForkedServer.launch(data, Map.of(), as(NAMELESS));
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(100);
        assertThat(Files.readString(data.resolve("server.log")))
                .contains("Maybe give that user an entry in `/etc/passwd`");
    }

    private static int userOf(Path file) throws Exception {
        return Files.exists(file) ? (Integer) Files.getAttribute(file, "unix:uid") : -1;
    }
}
