package io.regrade.intake.telemetry.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

class RemoteWriteTest {

    /** {@code up{job="a"} 1.5 @1000}, then a stranger's field 3 of a series and metadata in field 3 of the request. */
    private static final String ONE = "0a2a" + "0a0e0a085f5f6e616d655f5f12027570" + "0a080a036a6f62120161"
            + "120c09000000000000f83f10e807" + "1a00";

    /** The same of version 2.0: symbols, then references that are packed. */
    private static final String TWO = "2200" + "22085f5f6e616d655f5f" + "22027570" + "22036a6f62" + "220161" + "2a14"
            + "0a0401020304" + "120c09000000000000f83f10e807";

    private static List<String> read(BiConsumer<byte[], SeriesSink> reader, byte[] body) {
        List<String> seen = new ArrayList<>();
        reader.accept(body, new SeriesSink() {
            @Override
            public void series(Labels labels) {
                seen.add(labels.toString());
            }

            @Override
            public void sample(long epochMillis, double value) {
                seen.add(epochMillis + "=" + value);
            }
        });
        return seen;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    @Test
    void bothVersions_giveTheSameSeriesAndSample() {
        assertThat(read(RemoteWrite::version1, bytes(ONE))).containsExactly("__name__ up job a", "1000=1.5");
        assertThat(read(RemoteWrite::version2, bytes(TWO))).containsExactly("__name__ up job a", "1000=1.5");
    }

    @Test
    void fieldsThatAreNotKnown_arePassedOver() {
        assertThat(read(RemoteWrite::version1, bytes(ONE + "1a0568656c6c6f"))).hasSize(2);
    }

    @Test
    void bodyThatIsCutOff_isMalformedWhereverItIsCut() {
        byte[] whole = bytes(ONE);
        for (int length = 1; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(RemoteWrite::version1, cut))
                    .isInstanceOf(MalformedWriteException.class)
                    .hasMessageStartingWith("byte ");
        }
    }

    @Test
    void labelOutsideOfTheTable_isMalformed() {
        assertThatThrownBy(() -> read(RemoteWrite::version2, bytes("2200" + "2a04" + "0a020005")))
                .isInstanceOf(MalformedWriteException.class)
                .hasMessageContaining("no text of the table");
    }

    @Test
    void labelWithoutItsValue_isMalformed() {
        assertThatThrownBy(() -> read(RemoteWrite::version2, bytes("2200" + "2a03" + "0a0100")))
                .isInstanceOf(MalformedWriteException.class)
                .hasMessageContaining("has no value");
    }
}
