package io.regrade.fact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistributionTest {

    private static final Distribution THREE = new Distribution(new double[] {1, 2, 10}, new double[] {5, 4, 1});

    @ParameterizedTest
    @CsvSource({"0, 1", "0.5, 1", "0.51, 2", "0.9, 2", "0.91, 10", "1, 10"})
    void quantile_isTheSmallestValueThatThatShareDoesNotExceed(double q, double value) {
        assertThat(THREE.quantile(q)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"-1, 1", "0.99, 1", "1, 0.5", "1.5, 0.5", "2, 0.1", "9.99, 0.1", "10, 0", "11, 0"})
    void shareAbove_countsOnlyWhatIsAbove(double amount, double share) {
        assertThat(THREE.shareAbove(amount)).isEqualTo(share);
    }

    @Test
    void usage_scaledBelowACeiling_staysWithinItInEveryNumber() {
        Usage usage = new Usage(
                Resource.CPU, Facts.NOW, Facts.NOW.plusSeconds(10), 10, 1, 2.3, 1, 2, 10, 10, 10, 10, 0.5, THREE);

        Usage scaled = usage.scaled(2, 4);

        assertThat(scaled.p50()).isEqualTo(2);
        assertThat(scaled.p90()).isEqualTo(4);
        assertThat(scaled.max()).isEqualTo(4);
        assertThat(scaled.mean()).isCloseTo((5 * 2 + 5 * 4) / 10.0, within(1e-12));
        assertThat(scaled.trendPerDay()).isEqualTo(1);
        assertThat(scaled.distribution()).isEqualTo(new Distribution(new double[] {2, 4}, new double[] {5, 5}));
        assertThat(usage.scaled(1, Double.POSITIVE_INFINITY)).isEqualTo(usage);
    }

    @Test
    void usage_raised_isNeverBelowTheFloor() {
        Usage usage = new Usage(
                Resource.CPU, Facts.NOW, Facts.NOW.plusSeconds(10), 10, 1, 2.3, 1, 2, 10, 10, 10, 10, 0.5, THREE);

        Usage raised = usage.raisedTo(2);

        assertThat(raised.p50()).isEqualTo(2);
        assertThat(raised.max()).isEqualTo(10);
        assertThat(raised.mean()).isCloseTo(2.8, within(1e-12));
        assertThat(raised.distribution()).isEqualTo(new Distribution(new double[] {2, 10}, new double[] {9, 1}));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void quantileAndShareAbove_agreeWithCountingEverySample(long seed) {
        Random random = new Random(seed);
        double[] values = random.doubles(1 + random.nextInt(60), 0, 100)
                .sorted()
                .distinct()
                .toArray();
        double[] weights = random.ints(values.length, 1, 9).asDoubleStream().toArray();
        double[] samples = new double[(int) Arrays.stream(weights).sum()];
        int n = 0;
        for (int i = 0; i < values.length; i++) {
            Arrays.fill(samples, n, n + (int) weights[i], values[i]);
            n += (int) weights[i];
        }
        Distribution distribution = new Distribution(values, weights);
        assertThat(distribution.count()).isEqualTo(samples.length);
        for (int i = 0; i < 200; i++) {
            double amount = random.nextInt(4) == 0 ? values[random.nextInt(values.length)] : random.nextDouble() * 110;
            long above = Arrays.stream(samples).filter(s -> s > amount).count();
            assertThat(distribution.shareAbove(amount)).isEqualTo((double) above / samples.length);
            double q = random.nextDouble();
            int rank = Math.max(1, (int) Math.ceil(q * samples.length));
            assertThat(distribution.quantile(q)).isEqualTo(samples[rank - 1]);
        }
    }

    @Test
    void bins_areGivenBack() {
        assertThat(THREE.bins()).isEqualTo(3);
        assertThat(THREE.value(2)).isEqualTo(10);
        assertThat(new double[] {THREE.weight(0), THREE.weight(1), THREE.weight(2)})
                .containsExactly(5, 4, 1);
    }

    @Test
    void arraysGiven_areCopied() {
        double[] values = {1, 2};
        double[] weights = {1, 1};
        Distribution distribution = new Distribution(values, weights);
        values[0] = 100;
        weights[0] = 100;
        assertThat(distribution.value(0)).isEqualTo(1);
        assertThat(distribution.count()).isEqualTo(2);
        assertThat(distribution)
                .isEqualTo(new Distribution(new double[] {1, 2}, new double[] {1, 1}))
                .hasSameHashCodeAs(new Distribution(new double[] {1, 2}, new double[] {1, 1}))
                .isNotEqualTo(new Distribution(new double[] {1, 2}, new double[] {1, 2}));
    }

    @Test
    void constructor_rejectsBinsThatAreNone() {
        assertRejected(new double[0], new double[0]);
        assertRejected(new double[] {1}, new double[] {1, 2});
        assertRejected(new double[] {2, 1}, new double[] {1, 1});
        assertRejected(new double[] {1, 1}, new double[] {1, 1});
        assertRejected(new double[] {1}, new double[] {0});
        assertRejected(new double[] {1}, new double[] {Double.NaN});
        assertRejected(new double[] {Double.NaN}, new double[] {1});
    }

    private static void assertRejected(double[] values, double[] weights) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Distribution(values, weights))
                .withMessageContaining("a distribution");
    }
}
