package io.regrade.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PartTest {

    @Test
    void parts_areThoseOfTheFirstByteOfTheDigest() {
        assertThat(Part.parse("1/2").contains("abc")).as("ba7816bf …").isFalse();
        assertThat(Part.parse("2/2").contains("abc")).isTrue();
        assertThat(Part.parse("3/4").contains("abc"))
                .as("0xba is in the third quarter, 0x80 to 0xbf")
                .isTrue();
        assertThat(Part.ALL.contains("abc")).isTrue();
    }

    @Test
    void parts_shareTheMachines() {
        int inBoth = 0;
        int inFirst = 0;
        for (int i = 0; i < 1000; i++) {
            boolean first = new Part(1, 2).contains("vm-" + i);
            inBoth += first && new Part(2, 2).contains("vm-" + i) ? 1 : 0;
            inFirst += first ? 1 : 0;
        }
        assertThat(inBoth).isZero();
        assertThat(inFirst).isBetween(400, 600);
    }

    @Test
    void whatIsNoPart_isRefused() {
        for (String text : new String[] {"", "1", "0/2", "3/2", "a/b", "1/2/3", "1/257"}) {
            assertThatThrownBy(() -> Part.parse(text))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Maybe `1/2`");
        }
    }
}
