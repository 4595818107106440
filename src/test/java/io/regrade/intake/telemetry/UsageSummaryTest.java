package io.regrade.intake.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.fact.Distribution;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class UsageSummaryTest {

    private static final Instant END = Instant.parse("2024-06-01T00:00:00Z");

    private static UsageSummary summary(double mean, double p50, double p95, double p99, double max) {
        return new UsageSummary(
                Resource.MEMORY, 14, 4032, 1, mean, p50, Double.NaN, p95, p99, Double.NaN, max, Double.NaN);
    }

    @Test
    void usage_repeatsWhatWasGiven_andEndsAtTheMoment() {
        Usage usage = summary(4, 3, 8, 10, 12).usage(END);

        assertThat(usage.from()).isEqualTo("2024-05-18T00:00:00Z");
        assertThat(usage.to()).isEqualTo(END);
        assertThat(usage.samples()).isEqualTo(4032);
        assertThat(usage.mean()).isEqualTo(4);
        assertThat(usage.p95()).isEqualTo(8);
        assertThat(usage.max()).isEqualTo(12);
    }

    @Test
    void missingPercentiles_lieOnTheLineBetweenTheirNeighbours() {
        Usage usage = summary(4, 3, 8, 10, 12).usage(END);

        assertThat(usage.p90()).isCloseTo(3 + 5 * 0.40 / 0.45, within(1e-12));
        assertThat(usage.p995()).isCloseTo(11, within(1e-12));
    }

    @Test
    void distribution_meetsTheGivenPercentiles() {
        Distribution distribution = summary(4, 3, 8, 10, 12).usage(END).distribution();

        assertThat(distribution.quantile(0.4999)).isLessThanOrEqualTo(3);
        assertThat(distribution.shareAbove(3)).isCloseTo(0.50, within(1e-9));
        assertThat(distribution.shareAbove(8)).isCloseTo(0.05, within(1e-9));
        assertThat(distribution.shareAbove(10)).isCloseTo(0.01, within(1e-9));
        assertThat(distribution.shareAbove(12)).isEqualTo(0);
        assertThat(distribution.count()).isCloseTo(4032, within(1e-6));
    }

    @Test
    void distribution_keepsTheMean_roundedUpByLessThanAStep() {
        Distribution distribution = summary(4, 3, 8, 10, 12).usage(END).distribution();

        double sum = 0;
        for (int i = 0; i < distribution.bins(); i++) {
            sum += distribution.value(i) * distribution.weight(i);
        }
        assertThat(sum / distribution.count()).isBetween(4.0, 4.3);
    }

    @Test
    void distribution_ofAConstant_hasOneBin() {
        Distribution distribution = summary(5, 5, 5, 5, 5).usage(END).distribution();

        assertThat(distribution.quantile(0.5)).isEqualTo(5);
        assertThat(distribution.shareAbove(5)).isEqualTo(0);
    }
}
