package io.regrade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The benchmark runs, and every decision that it was answered is in the log; how fast anything is, no test judges. */
@Tag("bench")
class HttpLedgerRunTest {

    @Test
    void report_hasEachWay_andEveryAnsweredDecisionIsInTheLog() throws Exception {
        String report = HttpLedgerRun.run(1, 0.3, 0.1, List.of(2), List.of(1, 3));

        assertThat(report)
                .containsPattern(
                        "\\| 1 \\| 2 \\| [0-9,]+ \\| [0-9,]+ \\| [0-9,]+ \\| \\d+ % \\| \\d+ % \\| [0-9.]+ \\|")
                .containsPattern("\\| 3 \\| 2 \\| [0-9,]+ \\|")
                .containsPattern("\\| 3 a request \\| 2 \\| [1-9]\\d* \\| [1-9]");
    }
}
