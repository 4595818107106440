package io.regrade.intake.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecimalsTest {

    @Property
    void plainDecimals_areReadAsJavaReadsThem(@ForAll long digits, @ForAll @IntRange(min = 0, max = 30) int scale) {
        String text = BigDecimal.valueOf(digits, scale).toPlainString();
        assertThat(Decimals.parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @Property
    void anyDouble_isReadAsJavaReadsIt(@ForAll double number) {
        assertThat(Decimals.parse(Double.toString(number))).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "007", ".5", "5.", "-1", "+2.5", "1e3", "1E-7", "0.000000000000000000001", " 7 "})
    void numbers_areRead(String text) {
        assertThat(Decimals.parse(text)).isEqualTo(Double.parseDouble(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ".", "-", "NaN", "Infinity", "-Infinity", "0x1p3", "1f", "2d", "1,5", "1_000", "1 2", "ten"})
    void noNumbers_areNaN(String text) {
        assertThat(Decimals.parse(text)).isNaN();
    }
}
