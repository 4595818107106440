package io.regrade.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Checkpoints, tile paths, bundles and proofs as text and bytes. */
class FormatsTest {

    private static final String CHECKPOINT =
            "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
    private static final String NOTE = CHECKPOINT
            + "\n— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";

    /** The example of the specification. */
    @Test
    void checkpoint_isReadAndWrittenBack() {
        Checkpoint checkpoint = Checkpoint.parse(Note.parse(NOTE).text());

        assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
        assertThat(checkpoint.size()).isEqualTo(20_852_163);
        assertThat(checkpoint.root()).hasSize(32).startsWith(0x0a, 0xc5, 0x18);
        assertThat(checkpoint.text()).isEqualTo(CHECKPOINT);
        assertThat(Checkpoint.parse(CHECKPOINT + "more\n").extensions()).containsExactly("more");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "20852163|020852163|the checkpoint's size `020852163` is not a whole number without leading zeros",
                "20852163|-1|the checkpoint's size `-1` is not a whole number without leading zeros",
                "20852163|99999999999999999999|is not a whole number without leading zeros",
                "CsUY|CsUZZ|the checkpoint's root hash",
                "CsUYapGG|''|the checkpoint's root hash has 26 bytes, 32 are expected",
                "example.com/behind-the-sofa|''|the checkpoint's origin is empty or has a control character"
            })
    void malformedCheckpoint_isRefused(String part, String instead, String message) {
        assertThatThrownBy(() -> Checkpoint.parse(CHECKPOINT.replace(part, instead)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }

    @Test
    void checkpointThatIsCutOff_isRefused() {
        assertThatThrownBy(() -> Checkpoint.parse("a\n1\n")).hasMessageContaining("has 2 lines, at least 3");
        assertThatThrownBy(() -> Checkpoint.parse("a\n1")).hasMessage("the checkpoint does not end with a newline");
        assertThatThrownBy(() -> Checkpoint.parse(CHECKPOINT + "\n")).hasMessageContaining("extension line is empty");
    }

    @ParameterizedTest
    @CsvSource({
        "tile/0/000, 0, 0, 256",
        "tile/0/x001/234.p/5, 0, 1234, 5",
        "tile/0/x001/x234/067, 0, 1234067, 256",
        "tile/63/999.p/255, 63, 999, 255",
        "tile/entries/x001/000, -1, 1000, 256",
        "tile/entries/000.p/1, -1, 0, 1"
    })
    void path_isReadAndWrittenBack(String text, int level, long index, int width) {
        assertThat(TilePath.parse(text)).isEqualTo(new TilePath(level, index, width));
        assertThat(new TilePath(level, index, width)).hasToString(text);
    }

    @Property
    void path_readsBack(
            @ForAll @IntRange(min = -1, max = 63) int level,
            @ForAll @LongRange(max = 999_999_999_999L) long index,
            @ForAll @IntRange(min = 1, max = 256) int width) {
        TilePath path = new TilePath(level, index, width);

        assertThat(TilePath.parse(path.toString())).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tile",
                "tile/",
                "tile/0",
                "tile/0/",
                "tile/00/000",
                "tile/64/000",
                "tile/-1/000",
                "tile/data/000",
                "tile/0/0",
                "tile/0/0000",
                "tile/0/x000/001",
                "tile/0/x001/x234",
                "tile/0/001/234",
                "tile/0/x001",
                "tile/0/000.p/0",
                "tile/0/000.p/256",
                "tile/0/000.p/01",
                "tile/0/000.p/",
                "tile/0/000.p/5/6",
                "tile/0/../000",
                "/tile/0/000",
                "tile/0/x001/x001/x001/x001/x001/x001/000",
                "tile/0/٠٠٠"
            })
    void malformedPath_isRefused(String text) {
        assertThatThrownBy(() -> TilePath.parse(text))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("`" + text + "` is no path of a tile: ");
    }

    @Property(tries = 200)
    void bundle_readsBack(@ForAll @Size(max = 20) List<byte[]> entries) {
        assertThat(EntryBundle.parse(EntryBundle.format(entries)))
                .usingElementComparator((a, b) -> java.util.Arrays.compare(a, b))
                .containsExactlyElementsOf(entries);
    }

    @Test
    void bundle_isLengthAndEntry() {
        assertThat(EntryBundle.format(List.of("ab".getBytes(UTF_8), new byte[0], new byte[300])))
                .hasSize(2 + 2 + 2 + 2 + 300)
                .startsWith(0, 2, 'a', 'b', 0, 0, 1, 44);
        assertThatThrownBy(() -> EntryBundle.format(List.of(new byte[65_536])))
                .hasMessage("an entry has 65536 bytes, at most 65535 are possible");
    }

    @Test
    void bundleThatIsCutOff_isRefused_butReadAsFarAsItGoes() {
        byte[] cut = {0, 1, 'a', 0, 2, 'b'};

        assertThat(EntryBundle.read(cut).entries()).hasSize(1);
        assertThat(EntryBundle.read(cut).rest()).isEqualTo(3);
        assertThatThrownBy(() -> EntryBundle.parse(cut)).hasMessage("entry 1 of the bundle is cut off");
    }

    /** The example of the specification has hashes that are cut short, so this one is put together here. */
    @Test
    void proof_isReadAndWrittenBack() {
        String hash = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
        String text = "c2sp.org/tlog-proof@v1\nextra aGVsbG8=\nindex 73894\n" + hash + "\n" + hash + "\n\n" + NOTE;

        Proof proof = Proof.parse(text);

        assertThat(new String(proof.extra(), UTF_8)).isEqualTo("hello");
        assertThat(proof.index()).isEqualTo(73_894);
        assertThat(proof.hashes()).hasSize(2);
        assertThat(proof.checkpoint().format()).isEqualTo(NOTE);
        assertThat(proof.format()).isEqualTo(text);
        String bare = "c2sp.org/tlog-proof@v1\nindex 0\n\n" + NOTE;
        assertThat(Proof.parse(bare).extra()).isNull();
        assertThat(Proof.parse(bare).format()).isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "c2sp.org/tlog-proof@v2\\nindex 0\\n\\n|the proof does not start with `c2sp.org/tlog-proof@v1`",
                "c2sp.org/tlog-proof@v1\\nindex 0|the proof has no blank line before its checkpoint",
                "c2sp.org/tlog-proof@v1\\nextra aGVsbG8=\\n\\n|line 3 of the proof does not start with `index `",
                "c2sp.org/tlog-proof@v1\\nindex 01\\n\\n|the proof's index `01` is not a whole number",
                "c2sp.org/tlog-proof@v1\\nextra !\\nindex 1\\n\\n|the proof's extra data `!` is not base 64",
                "c2sp.org/tlog-proof@v1\\nindex 1\\nAAAA\\n\\n|the hash in line 3 of the proof has 3 bytes, 32 are expected",
                "c2sp.org/tlog-proof@v1\\nindex 1\\n\\nhello|the note has no blank line"
            })
    void malformedProof_isRefused(String text, String message) {
        assertThatThrownBy(() -> Proof.parse(text.replace("\\n", "\n")))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining(message);
    }
}
