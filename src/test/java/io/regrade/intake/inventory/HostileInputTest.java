package io.regrade.intake.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Inputs that would take all memory or time, or that were damaged on the way. */
class HostileInputTest {

    private static final long TWO_GIB = 2L << 30;

    @TempDir
    Path directory = Path.of("");

    private FleetDirectory fleet = new FleetDirectory(Path.of(System.getProperty("java.io.tmpdir")));

    @BeforeEach
    void makeFleet() {
        fleet = new FleetDirectory(directory);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void lineOfTwoGibibytes_isRefusedAtItsLimit() throws IOException {
        for (String name : new String[] {"vms.csv", "usage.csv"}) {
            makeFleet();
            try (RandomAccessFile file =
                    new RandomAccessFile(directory.resolve(name).toFile(), "rw")) {
                file.setLength(TWO_GIB); // a hole of zeros that takes no space
            }
            assertThat(fleet.problems(withTables(4 * TWO_GIB)))
                    .contains(name + (name.equals("vms.csv") ? ":4" : ":5")
                            + ": the line is longer than 1048576 characters, which is the limit. Maybe this is no text"
                            + " file");
        }
    }

    @Test
    void longestLine_isRead_andOneMoreCharacterIsNot() {
        int header = FleetDirectory.VMS.indexOf('\n');
        IntakeLimits limits = new IntakeLimits(header, 1 << 20, 1 << 20, 400, 1 << 20, 100);
        fleet.write("targets.csv", "id\n").write("usage.csv", "vm\n");

        assertThat(fleet.problems(limits)).noneMatch(problem -> problem.startsWith("vms.csv"));

        IntakeLimits less = new IntakeLimits(header - 1, 1 << 20, 1 << 20, 400, 1 << 20, 100);
        assertThat(fleet.problems(less)).anyMatch(problem -> problem.startsWith("vms.csv:1: the line is longer"));
    }

    @Test
    void tableThatIsTooLarge_isRefused() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("targets.csv").toFile(), "rw")) {
            file.setLength(TWO_GIB);
        }

        IntakeLimits shortTables = new IntakeLimits(1 << 20, 1 << 19, TWO_GIB, 400, 1 << 20, 100);
        assertThat(fleet.problems(shortTables))
                .containsExactly(
                        "targets.csv:4: the file holds more than 524288 bytes, which is the limit. Maybe split the"
                                + " fleet into several directories");
    }

    @Test
    void gzipBomb_isRefusedByItsRatio() {
        byte[] bomb = new byte[8 << 20];
        Arrays.fill(bomb, (byte) '\n');
        byte[] usage = utf8(FleetDirectory.USAGE);
        System.arraycopy(usage, 0, bomb, 0, usage.length);
        fleet.gzipUsage(bomb);

        IntakeLimits limits = new IntakeLimits(1 << 20, 1 << 20, TWO_GIB, 400, 1 << 20, 100);
        assertThat(fleet.problems(limits))
                .singleElement()
                .asString()
                .startsWith("usage.csv.gz:")
                .endsWith(
                        "the file grows more than 400-fold when it is decompressed, which is the limit. Maybe it is no"
                                + " usage file");
    }

    @Test
    void dullButShortFile_isNoBomb() {
        fleet.gzipUsage(utf8(FleetDirectory.USAGE + "\n".repeat(1 << 20)));

        assertThat(fleet.read().vms()).hasSize(2);
    }

    @Test
    void truncatedGzip_isSaid() throws IOException {
        StringBuilder usage = new StringBuilder(FleetDirectory.USAGE);
        for (int i = 0; i < 5000; i++) {
            usage.append("2024-05-02T")
                    .append(String.format("%02d:%02d:%02d", i / 3600, i / 60 % 60, i % 60))
                    .append("Z,b,")
                    .append(i * 7919 % 1000)
                    .append(",1,1,1,1,1\n");
        }
        fleet.gzipUsage(utf8(usage.toString()));
        Path file = directory.resolve("usage.csv.gz");
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));

        assertThat(fleet.problems())
                .singleElement()
                .asString()
                .matches("usage.csv.gz:\\d+: the compressed file ends too early. Maybe it was not copied completely");
    }

    @Test
    void plainFileNamedGz_isSaid() {
        fleet.remove("usage.csv").write("usage.csv.gz", FleetDirectory.USAGE);

        assertThat(fleet.problems())
                .containsExactly(
                        "usage.csv.gz: the file is not gzip, or is damaged. Maybe its name should not end with `.gz`");
    }

    @Test
    void wrongEncoding_isReportedWithItsLine() {
        fleet.write("vms.csv", FleetDirectory.VMS.replace("Beta", "Bêta").getBytes(StandardCharsets.ISO_8859_1))
                .write(
                        "usage.csv",
                        FleetDirectory.USAGE.replace("2,8,0", "2,8é,0").getBytes(StandardCharsets.ISO_8859_1));

        assertThat(fleet.problems())
                .containsExactly(
                        "vms.csv:3: the line is not UTF-8. Maybe the file was saved in another encoding",
                        "usage.csv:4: the line is not UTF-8. Maybe the file was saved in another encoding");
    }

    @Test
    void characterCutAtTheEnd_isReported() {
        byte[] whole = utf8(FleetDirectory.VMS + "c,ê");
        fleet.write("vms.csv", Arrays.copyOf(whole, whole.length - 1));

        assertThat(fleet.problems()).anyMatch(problem -> problem.startsWith("vms.csv:4: the line is not UTF-8"));
    }

    @Test
    void quoteThatIsNeverClosed_isReportedWhereItBegins() {
        fleet.write("vms.csv", FleetDirectory.VMS.replace("Alpha", "\"Alpha"))
                .write("usage.csv", FleetDirectory.USAGE.replace("Z,b", "Z,\"b"));

        assertThat(fleet.problems())
                .anyMatch(problem -> problem.startsWith("vms.csv:2: the quotes do not match"))
                .anyMatch(problem -> problem.startsWith("usage.csv:4: the quotes do not match"));
    }

    @Test
    void yamlOfManyAliases_isRefused() {
        StringBuilder laughs = new StringBuilder("a: &a [x]\n");
        for (int i = 0; i < 40; i++) {
            laughs.append("b").append(i).append(": *a\n");
        }
        fleet.write("pricing.yaml", laughs.toString());

        assertThat(fleet.problems()).allMatch(problem -> problem.startsWith("pricing.yaml"));
    }

    @Test
    void deepYaml_isRefused() {
        fleet.write("pricing.yaml", "a: " + "[".repeat(100_000));

        assertThat(fleet.problems()).singleElement().asString().startsWith("pricing.yaml");
    }

    private static IntakeLimits withTables(long bytes) {
        IntakeLimits limits = IntakeLimits.DEFAULT;
        return new IntakeLimits(
                limits.maxLineChars(),
                bytes,
                limits.maxUsageBytes(),
                limits.maxGzipRatio(),
                limits.gzipRatioFrom(),
                limits.maxProblems());
    }
}
