package io.regrade.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The benchmark runs, and no request fails; how long anything takes, no test judges. */
class SwapRunTest {

    @Test
    void report_hasEachKindOfStretch_andNoRequestFailed() throws Exception {
        String report = SwapRun.run(4, 1, 3, 50, 10, 0.1);

        assertThat(report)
                .containsPattern(
                        "3 activations of loaded versions and 1 of compiled ones at 50 requests/s: 0 of \\d+ requests failed")
                .containsPattern("\\| while versions are compiled and activated \\| [1-9]\\d* \\|")
                .containsPattern("\\| all \\| [0-9.]+ \\| [0-9.]+ \\| \\d+ \\|");
    }
}
