package io.regrade.fact;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "sat|24",
                "sat,sun|48",
                "sat 02:00-06:00|4",
                "mon-fri 22:00-24:00|10",
                "fri-mon 23:30-00:30|4",
                "SAT|24"
            })
    void hoursAWeek_addsUpItsDays(String text, double hours) {
        assertThat(Window.parse(text).orElseThrow().hoursAWeek()).isEqualTo(hours);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "saturday",
                "sat 2:00-6:00",
                "sat 02:00",
                "sat 02:00-02:00",
                "sat 24:00-02:00",
                "sat 02:60-03:00",
                "sat 02:00-24:01",
                "mon-fri-sun",
                "xyz",
                "sat; sun"
            })
    void parse_ofWhatIsNoWindow_isEmpty(String text) {
        assertThat(Window.parse(text)).isEmpty();
    }

    @Test
    void holdsAt_holdsFromItsBeginning_andNotAtItsEnd() {
        Window window = Window.parse("sat 02:00-06:00").orElseThrow();

        assertThat(window.holdsAt(Instant.parse("2026-05-30T02:00:00Z")))
                .as("a Saturday")
                .isTrue();
        assertThat(window.holdsAt(Instant.parse("2026-05-30T01:59:59Z"))).isFalse();
        assertThat(window.holdsAt(Instant.parse("2026-05-30T06:00:00Z"))).isFalse();
        assertThat(window.holdsAt(Instant.parse("2026-05-31T03:00:00Z")))
                .as("a Sunday")
                .isFalse();
    }

    @Test
    void holdsAt_overMidnight_holdsInTheMorningAfter() {
        Window window = Window.parse("fri 22:00-04:00").orElseThrow();

        assertThat(window.holdsAt(Instant.parse("2026-05-30T03:59:59Z")))
                .as("Saturday morning")
                .isTrue();
        assertThat(window.holdsAt(Instant.parse("2026-05-30T04:00:00Z"))).isFalse();
        assertThat(window.holdsAt(Instant.parse("2026-05-29T03:00:00Z")))
                .as("Friday morning")
                .isFalse();
    }
}
