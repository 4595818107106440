package io.regrade.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmarks run and report; how fast anything is, no test judges. */
@Tag("bench")
class BenchmarksTest {

    @Test
    void report_hasEachWayEachGoalAndAProfile() throws Exception {
        String report = Benchmarks.report(Benchmarks.tiny(), "the test");

        for (Competitors.Way way : Competitors.Way.values()) {
            assertThat(report).containsPattern("\\| " + way.label() + " \\| 40 \\| [0-9]");
        }
        assertThat(report)
                .contains("Printed by `the test`")
                .containsPattern("engine ÷ hand-written Java, 40 targets \\| ≤ 12 \\| [0-9.]+ \\|")
                .containsPattern("plain Drools ÷ engine, 40 targets \\| ≥ 15 \\| [0-9.]+ \\|")
                .containsPattern("what the trace adds, 40 targets \\| ≤ 15 % \\| -?[0-9.]+ % \\|")
                .contains("the fleet is not there")
                .containsPattern("\\| 2 threads \\| 20 \\| [0-9]")
                .containsPattern("where the engine's time goes, by [0-9,]+ stack samples");
    }

    @Test
    void unknownOption_isRefusedWithThoseThereAre() {
        assertThatThrownBy(() -> Options.parse(new String[] {"--wirte", "--rounds=2"}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--wirte")
                .hasMessageContaining("--write");
    }

    @Test
    void options_haveDefaultsAndAreRead() {
        Options options = Options.parse(new String[] {"--write", "--rounds=2", "--targets=5,50", "--fleets="});

        assertThat(options.write()).isTrue();
        assertThat(options.rounds()).isEqualTo(2);
        assertThat(options.targets()).containsExactly("5", "50");
        assertThat(options.fleets()).isEmpty();
        assertThat(options.processes()).isEqualTo(5);
    }
}
