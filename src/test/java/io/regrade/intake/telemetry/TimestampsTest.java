package io.regrade.intake.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampsTest {

    private final Timestamps timestamps = new Timestamps();

    @Property
    void usualForm_isReadAsJavaReadsIt(@ForAll @LongRange(min = 0, max = 253_402_300_799L) long second) {
        assertThat(new Timestamps().parse(Instant.ofEpochSecond(second).toString()))
                .isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29T12:00:00Z, 1709208000",
        "2024-02-29T14:00:00+02:00, 1709208000",
        "2024-02-29T12:00:00.999Z, 1709208000",
        "2024-02-29t12:00:00z, 1709208000"
    })
    void otherForms_areReadToo(String text, long second) {
        assertThat(timestamps.parse(text)).isEqualTo(second);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "yesterday", "2024-02-30T12:00:00Z", "2024-13-01T12:00:00Z", "2024-02-29T24:00:00Z",
                "2024-02-29T12:60:00Z", "2024-02-29 12:00:00", "2024-02-29T12:00:00", "1709208000",
                        "2024-02-2aT12:00:00Z"
            })
    void noTime_isMalformed(String text) {
        assertThat(timestamps.parse(text)).isEqualTo(Timestamps.MALFORMED);
    }

    @Test
    void sameDayAfterAMalformedOne_isStillRight() {
        assertThat(timestamps.parse("2024-05-01T00:00:00Z")).isEqualTo(1714521600);
        assertThat(timestamps.parse("2024-05-32T00:00:00Z")).isEqualTo(Timestamps.MALFORMED);
        assertThat(timestamps.parse("2024-05-01T00:00:01Z")).isEqualTo(1714521601);
    }
}
