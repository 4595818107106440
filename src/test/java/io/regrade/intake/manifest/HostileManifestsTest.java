package io.regrade.intake.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.regrade.intake.manifest.found.Analysis;
import io.regrade.intake.manifest.found.Declaration;
import io.regrade.intake.manifest.found.ManifestException;
import io.regrade.intake.manifest.found.Note;
import io.regrade.intake.manifest.source.ManifestLimits;
import io.regrade.intake.manifest.source.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Manifests that are made to harm: each is refused with its place, and costs a bounded amount. */
class HostileManifestsTest {

    private static final ManifestLimits TIGHT =
            new ManifestLimits(1 << 20, 4 << 20, 1000, 20, 50, 1 << 20, 50, 64 << 10, 2);
    private static final String DOMAIN = "<domain><name>web</name><memory unit='GiB'>4</memory></domain>";

    private static Analysis analyze(byte[] bytes, ManifestLimits limits) {
        return new Analyzer().analyze(Source.of("f", bytes, limits));
    }

    private static String refusal(byte[] bytes, ManifestLimits limits) {
        ManifestException refused = catchThrowableOfType(ManifestException.class, () -> analyze(bytes, limits));
        return refused == null ? "it was read" : String.valueOf(refused.getMessage());
    }

    private static String refusal(String text) {
        return refusal(text.getBytes(UTF_8), ManifestLimits.DEFAULT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version='1.0'?>\n<!DOCTYPE d [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>\n<domain><name>&x;</name></domain>",
                "<!-- a comment -->\n<!DOCTYPE Envelope SYSTEM 'http://127.0.0.1:1/evil.dtd'><Envelope/>",
                "\n<!DOCTYPE d [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]><domain>&b;&b;</domain>",
            })
    void documentTypes_areRefused_andNothingIsFetched(String xml) {
        assertThat(refusal(xml))
                .isEqualTo("f:2: it has a document type or an entity, which are not read. Maybe remove them");
    }

    @Test
    void anEntityWithoutADocumentType_isRefused() {
        assertThat(refusal("<domain>\n<name>&x;</name></domain>"))
                .startsWith("f:2: it has a document type or an entity");
    }

    @Test
    void aCommentThatSpeaksOfADocumentType_isRead() {
        assertThat(analyze(("<!-- no <!DOCTYPE here -->" + DOMAIN).getBytes(UTF_8), TIGHT)
                        .declares())
                .isNotEmpty();
    }

    @Test
    void deepNesting_isRefused_inEveryLanguage() {
        assertThat(refusal("<domain>" + "<a>".repeat(100_000))).contains("nested deeper than 64");
        assertThat(refusal("apiVersion: v1\nkind: Pod\nspec: " + "[".repeat(100_000)))
                .isEqualTo("f:3: values are nested deeper than 64, which is the limit");
        assertThat(refusal("{\"architecture\":\"amd64\",\"os\":" + "[".repeat(100_000)))
                .contains("nested deeper than 64");
    }

    @Test
    void tooManyElements_areRefused() {
        assertThat(refusal(("<domain>" + "<a/>".repeat(2000) + "</domain>").getBytes(UTF_8), TIGHT))
                .isEqualTo("f:1: there are more than 1000 elements, which is the limit");
        assertThat(refusal(("#cloud-config\npackages: [" + "a,".repeat(2000) + "a]").getBytes(UTF_8), TIGHT))
                .isEqualTo("f:2: there are more than 1000 values, which is the limit");
    }

    @Test
    void textsThatTryPatterns_takeNoLongTime() {
        assertThat(refusal("\n".repeat(1 << 17))).contains("of no known format");
        assertThat(refusal("<domain>" + "<?xml ".repeat(1 << 17))).contains("not well-formed");
        assertThat(refusal("Package: a\n" + " x\n".repeat(1 << 17))).isEqualTo("it was read");
        assertThat(refusal(
                        "<Envelope><VirtualSystem><VirtualHardwareSection><Item><ResourceType>4</ResourceType><AllocationUnits>byte"
                                + "*1".repeat(1 << 17)
                                + "</AllocationUnits></Item></VirtualHardwareSection></VirtualSystem></Envelope>"))
                .isEqualTo("it was read");
        assertThat(refusal("[Service]\n" + "ExecStart=-Xmx${a".repeat(1 << 16) + "\\\n".repeat(1 << 16)))
                .isEqualTo("it was read");
        assertThat(refusal("#!/bin/sh\n" + "-Xmx${".repeat(1 << 17))).isEqualTo("it was read");
    }

    @Test
    void aliasesThatMultiply_areRefused() {
        StringBuilder yaml = new StringBuilder("#cloud-config\na0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++) {
            yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(refusal(yaml.toString())).contains("Number of aliases for non-scalar nodes exceeds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void aText_isReadInTheEncodingItIsIn_whateverItDeclares(String charset) {
        String mark = charset.equals("UTF-32LE") ? "\uFEFF" : "";
        byte[] bytes = (mark + "<?xml version='1.0' encoding='utf-16'?>" + DOMAIN).getBytes(Charset.forName(charset));

        assertThat(analyze(bytes, TIGHT).declares())
                .extracting(Declaration::system)
                .contains("web");
    }

    @Test
    void aByteThatIsNotInTheEncoding_isNamedWithItsLine() {
        byte[] latin = "<domain>\n<name>caf\u00e9</name></domain>".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(refusal(latin, TIGHT)).isEqualTo("f:2: byte 18 is not UTF-8. Maybe the file is in another encoding");
        assertThat(refusal("<?xml version='1.0' encoding='klingon'?>\n" + DOMAIN))
                .isEqualTo("f:1: the encoding `klingon` is not known. Maybe `UTF-8`");
        assertThat(refusal("<domain/>\u0000".getBytes(StandardCharsets.UTF_16LE), TIGHT))
                .startsWith("f");
    }

    @Test
    void aZipBomb_isRefused_byItsGrowth_andByItsSize() {
        byte[] growth = Binaries.zip(Map.of("META-INF/MANIFEST.MF", new byte[0], "lib/a.jar", new byte[900_000]));
        Map<String, byte[]> many = new LinkedHashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 4; i++) {
            byte[] noise = new byte[400_000];
            random.nextBytes(noise);
            many.put("lib/" + i + ".jar", noise);
        }

        assertThat(refusal(growth, TIGHT)).contains("grows more than 50-fold");
        assertThat(refusal(Binaries.zip(many), TIGHT)).contains("more than 1048576 bytes come out");
    }

    @Test
    void aGzipBomb_isRefused_andOneThatEndsEarlyToo() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[900_000]);
        }

        assertThat(refusal(packed.toByteArray(), TIGHT)).startsWith("f: it grows more than 50-fold");
        assertThat(refusal(Arrays.copyOf(packed.toByteArray(), 20), TIGHT))
                .isEqualTo("f: the archive cannot be read. Maybe it is damaged or was not copied completely");
    }

    @Test
    void tooManyEntries_areRefused() {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        for (int i = 0; i < 60; i++) {
            entries.put(i + ".txt", new byte[1]);
        }
        assertThat(refusal(Binaries.zip(entries), TIGHT))
                .isEqualTo("f: there are more than 50 entries, which is the limit");
        assertThat(refusal(Binaries.tar(entries), TIGHT))
                .isEqualTo("f: there are more than 50 entries, which is the limit");
    }

    @Test
    void archivesWithinArchives_endAtADepth() {
        byte[] inner = Binaries.zip(Map.of("a/B.class", Binaries.javaClass(17)));
        for (int i = 0; i < 6; i++) {
            inner = Binaries.zip(Map.of("x.jar", inner));
        }

        assertThat(analyze(inner, TIGHT).notes())
                .extracting(Note::text)
                .containsExactly(
                        "it was left out: archives lie within each other more than 2 deep, which is the limit");
    }

    @Test
    void namesThatLeadOut_leadNowhere(@TempDir Path directory) {
        byte[] zip = Binaries.zip(Map.of(
                directory.resolve("evil.class").toString(),
                Binaries.javaClass(17),
                "../../../../../../" + directory.resolve("evil.sh"),
                "#!/bin/sh\njava -Xmx1g\n".getBytes(UTF_8)));

        assertThat(analyze(zip, TIGHT).modules()).isNotEmpty();
        assertThat(Files.exists(directory.resolve("evil.class"))).isFalse();
        assertThat(Files.exists(directory.resolve("evil.sh"))).isFalse();
    }

    @Test
    void everyTruncation_isReadOrRefused_withAnOffset() {
        for (byte[] whole : new byte[][] {
            Binaries.elf(),
            Binaries.pe(),
            Binaries.rpm(),
            Binaries.deb("Package: a\n"),
            Binaries.zip(Map.of("a/B.class", Binaries.javaClass(17))),
            Binaries.tar(Map.of("a.ovf", DOMAIN.getBytes(UTF_8)))
        }) {
            for (int length = 0; length < whole.length; length += whole.length > 2000 ? 61 : 7) {
                String outcome = refusal(Arrays.copyOf(whole, length), TIGHT);
                assertThat(outcome).matches(one -> one.equals("it was read") || one.startsWith("f"));
            }
        }
        assertThat(refusal(Arrays.copyOf(Binaries.elf(), 100), TIGHT))
                .isEqualTo("f@0x60: the file ends at 100, before what should be here. Maybe it was not copied"
                        + " completely");
    }

    @Test
    void sizesThatOverflow_areRefused() {
        byte[] elf = Binaries.elf();
        Arrays.fill(elf, 32, 40, (byte) 0xff);
        byte[] rpm = Binaries.rpm();
        Arrays.fill(rpm, 120, 128, (byte) 0xff);

        assertThat(refusal(elf, TIGHT)).isEqualTo("f@0x20: the number here is larger than any file");
        assertThat(refusal(rpm, TIGHT)).isEqualTo("f@0x78: there are 4294967295 tags; 65536 are read at most");
    }

    @Test
    void amountsThatNoMachineHas_areNotes_notCapacities() {
        Analysis analysis = analyze(
                "<domain><name>web</name><memory unit='GiB'>1e999</memory><vcpu>-3</vcpu></domain>".getBytes(UTF_8),
                TIGHT);

        assertThat(analysis.declares()).isEmpty();
        assertThat(analysis.notes())
                .extracting(Note::text)
                .containsExactly("`-3` is no amount", "`1e999` is no amount");
    }

    @Test
    void aRefusal_carriesNoControlCharactersOfTheInput() {
        String refusal = refusal("config.version = \"8\"\n\u001b[31mred\u202e\u0007 line\n");

        assertThat(refusal.chars()).noneMatch(c -> c < 32 || c == 0x202e);
    }
}
