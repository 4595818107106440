package io.regrade.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.regrade.db.DatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PostgreSQL's programs for each platform; {@code -Pmac} also brings those for a Mac. */
class BinariesTest {

    @TempDir
    private Path cache;

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x86_64",
        "Linux, x86_64, linux-x86_64",
        "Linux, aarch64, linux-arm_64",
        "Linux, arm64, linux-arm_64",
        "Mac OS X, aarch64, darwin-arm_64",
        "macOS, arm64, darwin-arm_64"
    })
    void platform_isTakenFromWhatJavaSays(String os, String arch, String platform) {
        assertThat(Binaries.platform(os, arch)).isEqualTo(platform);
    }

    @ParameterizedTest
    @CsvSource({"Windows 11, amd64", "Mac OS X, x86_64", "Linux, riscv64", "FreeBSD, amd64"})
    void otherPlatforms_areToldToNameADatabase(String os, String arch) {
        assertThatThrownBy(() -> Binaries.platform(os, arch))
                .isInstanceOf(DatabaseException.class)
                .hasMessage("Regrade brings no PostgreSQL for " + os + " on " + arch
                        + ". Maybe name one of your own with `url` of `database`");
    }

    @Test
    void programsForLinux_areUnpacked_forTheirProcessor() throws IOException {
        assertThat(elfMachine(Binaries.in(cache, "linux-x86_64"))).isEqualTo(62); // EM_X86_64
        assertThat(elfMachine(Binaries.in(cache, "linux-arm_64"))).isEqualTo(183); // EM_AARCH64
    }

    @Test
    void programsForAMac_areUnpacked() throws IOException {
        assumeTrue(
                Binaries.class.getResource("/postgres-darwin-arm_64.txz") != null,
                "the programs for a Mac are not in this build: `-Pmac` brings them");
        ByteBuffer head = head(Binaries.in(cache, "darwin-arm_64")).order(ByteOrder.BIG_ENDIAN);
        assertThat(head.getInt(0)).isEqualTo(0xCAFEBABE); // Mach-O for several processors
        List<Integer> processors = new ArrayList<>();
        for (int i = 0; i < head.getInt(4); i++) {
            processors.add(head.getInt(8 + 20 * i));
        }
        assertThat(processors).contains(0x0100000C); // arm64
    }

    private static int elfMachine(Path programs) throws IOException {
        ByteBuffer head = head(programs);
        assertThat(head.getInt(0)).isEqualTo(0x464C457F);
        return head.getShort(18);
    }

    private static ByteBuffer head(Path programs) throws IOException {
        for (String program : new String[] {"initdb", "pg_ctl", "postgres"}) {
            assertThat(programs.resolve("bin").resolve(program)).isExecutable();
        }
        try (InputStream in = Files.newInputStream(programs.resolve("bin/postgres"))) {
            return ByteBuffer.wrap(in.readNBytes(128)).order(ByteOrder.LITTLE_ENDIAN);
        }
    }
}
