package io.regrade.policy.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.regrade.policy.PolicyReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleArchiveTest {

    @TempDir
    private Path directory;

    /** Writes entries as no honest program would. */
    private interface Entries {
        void write(TarArchiveOutputStream tar) throws IOException;
    }

    private static byte[] archive(Entries entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes), UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            put(tar, "policy.yaml", "name: a\n");
            entries.write(tar);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return bytes.toByteArray();
    }

    private static void put(TarArchiveOutputStream tar, String path, String text) throws IOException {
        byte[] content = text.getBytes(UTF_8);
        TarArchiveEntry entry = new TarArchiveEntry(path, true);
        entry.setSize(content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static void link(TarArchiveOutputStream tar, byte type) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry("rules.drl", type);
        entry.setLinkName("/etc/passwd");
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private static void refused(byte[] archive, String message) {
        assertThatThrownBy(() -> BundleArchive.read(archive, "a.tar.gz"))
                .isInstanceOf(BundleException.class)
                .hasMessageContaining(message);
    }

    private static SortedMap<String, String> files() {
        SortedMap<String, String> files = new TreeMap<>();
        files.put("policy.yaml", "name: a\n");
        files.put("choose/später.drl", "// ü\n");
        files.put("tables/" + "x".repeat(120) + ".csv", "a,b\n");
        return files;
    }

    @Test
    void write_ofEqualFiles_givesTheSameBytesEverywhere() {
        byte[] once = BundleArchive.write(Bundle.unsigned(files()));

        assertThat(BundleArchive.write(Bundle.unsigned(new TreeMap<>(files())))).isEqualTo(once);
        assertThat(HexFormat.of().formatHex(Bundle.sha256().digest(once))).isEqualTo(GOLDEN);
        assertThat(BundleArchive.read(once, "a.tar.gz").files()).isEqualTo(files());
    }

    /** What any machine and any version of Java makes of these files. */
    private static final String GOLDEN = "e28df4314b3517cc1b58b13d5678cc6ea78e84815ee72d58293bdb6ca2de2202";

    @Test
    void read_ofTheStandardPolicy_hasItsDigest() {
        Path standard = Path.of("rules/standard");
        Bundle bundle = BundleSource.read(standard);

        Bundle read = BundleArchive.read(BundleArchive.write(bundle), "standard.tar.gz");

        assertThat(read.digest()).isEqualTo(PolicyReader.read(standard).digest());
    }

    @Test
    void read_ofWhatTarMakes_leavesOutTheDirectoryAroundAndHiddenFiles() throws IOException {
        byte[] bytes = archive(tar -> {});
        assertThat(BundleArchive.read(bytes, "a").files()).containsOnlyKeys("policy.yaml");
        ByteArrayOutputStream wrapped = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(wrapped))) {
            tar.putArchiveEntry(new TarArchiveEntry("./mine/"));
            tar.closeArchiveEntry();
            put(tar, "./mine/policy.yaml", "name: a\n");
            put(tar, "./mine/.git/config", "secret");
            put(tar, "./mine/choose/a.drl", "x");
        }

        assertThat(BundleArchive.read(wrapped.toByteArray(), "a").files())
                .containsOnlyKeys("policy.yaml", "choose/a.drl");
    }

    @Test
    void read_ofPathsThatLeadOut_isRefused() {
        refused(archive(tar -> put(tar, "../rules.drl", "x")), "leads out of the policy's directory");
        refused(archive(tar -> put(tar, "/etc/cron.d/x", "x")), "leads out of the policy's directory");
        refused(archive(tar -> put(tar, "a/../../x", "x")), "leads out of the policy's directory");
        refused(archive(tar -> put(tar, ".hidden/../../x", "x")), "leads out of the policy's directory");
        refused(archive(tar -> put(tar, "a//x", "x")), "leads out of the policy's directory");
    }

    @Test
    void read_ofLinksAndDevices_isRefused() {
        refused(archive(tar -> link(tar, TarConstants.LF_SYMLINK)), "rules.drl: the entry is no file");
        refused(archive(tar -> link(tar, TarConstants.LF_LINK)), "rules.drl: the entry is no file");
        refused(archive(tar -> link(tar, TarConstants.LF_CHR)), "rules.drl: the entry is no file");
        refused(archive(tar -> link(tar, TarConstants.LF_FIFO)), "rules.drl: the entry is no file");
    }

    @Test
    void read_ofOddNames_isRefused() {
        refused(archive(tar -> put(tar, "con.drl", "x")), "`con.drl` is no name of a file here");
        refused(archive(tar -> put(tar, "a\u001b[2J.drl", "x")), "a?[2J.drl");
        refused(archive(tar -> put(tar, "a\\b.drl", "x")), "is no name of a file here");
        refused(archive(tar -> put(tar, "C:/x", "x")), "is no name of a file here");
        refused(archive(tar -> put(tar, "end. ", "x")), "is no name of a file here");
        refused(archive(tar -> put(tar, "a/".repeat(9) + "x", "x")), "deeper than 8");
        refused(archive(tar -> put(tar, "x".repeat(201), "x")), "longer than 200 characters");
    }

    @Test
    void read_ofAPathThatIsThereTwice_isRefused() {
        refused(archive(tar -> put(tar, "policy.yaml", "name: b\n")), "policy.yaml: the path is there twice");
        refused(archive(tar -> put(tar, "Policy.yaml", "name: b\n")), "differs in case only");
    }

    @Test
    void read_ofTooMuch_isRefused() {
        refused(
                archive(tar -> {
                    for (int i = 0; i < 2000; i++) {
                        put(tar, "f" + i, "");
                    }
                }),
                "more than 2000 entries");
        refused(
                archive(tar -> put(tar, "big.drl", "x".repeat((4 << 20) + 1))),
                "big.drl: the file is larger than 4 MiB");
        refused(
                archive(tar -> {
                    for (int i = 0; i < 5; i++) {
                        put(tar, "f" + i, "x".repeat(4 << 20));
                    }
                }),
                "unpacks to more than 16 MiB");
        refused(new byte[(16 << 20) + 1], "the archive has more than 16 MiB");
    }

    @Test
    void read_ofWhatIsNoArchive_isRefused() {
        byte[] whole = archive(tar -> {});
        refused("policy.yaml".getBytes(UTF_8), "no tar.gz, or is cut off or damaged");
        refused(Arrays.copyOf(whole, whole.length / 2), "no tar.gz, or is cut off or damaged");
        refused(
                archive(tar -> {
                    TarArchiveEntry entry = new TarArchiveEntry("b.drl");
                    entry.setSize(2);
                    tar.putArchiveEntry(entry);
                    tar.write(new byte[] {(byte) 0xc3, '('});
                    tar.closeArchiveEntry();
                }),
                "b.drl: the file is not UTF-8 text");
    }

    @Test
    void read_ofAManifestOfOtherFiles_saysWhichDiffers() {
        String manifest = Manifest.of(files());

        refused(
                archive(tar -> put(tar, Manifest.PATH, manifest)),
                "the manifest is not of these files: `choose/später.drl` is missing");
    }

    @Test
    void source_readsADirectoryAndAnArchiveAlike() throws IOException {
        Path archive = directory.resolve("a.tar.gz");
        Files.write(archive, BundleArchive.write(Bundle.unsigned(files())));
        Path unpacked = directory.resolve("a");
        for (var file : files().entrySet()) {
            Path path = unpacked.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }

        assertThat(BundleSource.read(archive).files())
                .isEqualTo(BundleSource.read(unpacked).files());
    }
}
