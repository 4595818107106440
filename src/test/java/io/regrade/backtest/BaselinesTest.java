package io.regrade.backtest;

import static io.regrade.backtest.SeriesOf.DAY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.intake.telemetry.Series;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each published recommender against sizes worked out by hand. */
class BaselinesTest {

    private static final double EXACT = 1e-12;

    private static Baseline named(String name) {
        return Baselines.PUBLISHED.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /**
     * Ten days, twenty samples a day: processors 0.01, 0.02 … 2.00 vCPU in order, memory as much in GiB. So the k-th of n
     * samples is k/100.
     */
    private static Series rising() {
        double[] amounts =
                IntStream.rangeClosed(1, 200).mapToDouble(i -> i / 100.0).toArray();
        return SeriesOf.every(DAY / 20, amounts, amounts);
    }

    @ParameterizedTest(name = "{0} asks for {1} vCPU and {2} GiB")
    @CsvSource({
        // The 99.5th percentile of 200 is the 199th: 1.99 / 0.8; 2.00 / 0.8.
        "AWS-style, 2.4875, 2.5",
        // The 90th percentile is the 180th: 1.80; 2.00 / 0.9.
        "'AWS-style, savings', 1.8, 2.2222222222222223",
        // The 95th percentile is the 190th: 1.90; 1.15 × 2.00.
        "KRR, 1.9, 2.3",
        // Of the last 8 days, 0.41 to 2.00, the 95th percentile is the 152nd of 160: 1.92 / 0.8; 2.00 / 0.8.
        "GCP-style, 2.4, 2.5",
        // Of the last 7 days, 0.61 to 2.00, the 95th percentile is the 133rd of 140: 1.93 / 0.4; 2.00 / 0.6.
        "Azure-style, 4.825, 3.3333333333333335",
    })
    void percentileSizing_asksForWhatIsPublished(String name, double vcpu, double memoryGib) {
        Wanted wanted = named(name).wanted(SeriesOf.all(rising()), 10 * DAY);

        assertThat(wanted.vcpu()).isCloseTo(vcpu, within(EXACT));
        assertThat(wanted.memoryGib()).isCloseTo(memoryGib, within(EXACT));
    }

    @Test
    void vpa_halvesTheWeightOfADay_andTakesTheUpperEdgeOfTheBucket() {
        // Bucket edges: 0, 0.01, 0.0205, 0.031525 … One sample a day: 0.005 (weighs 0.1) on the days before the last,
        // and 0.015 on the last; 0.1 × (1/2 + 1/4) = 0.075 and 0.1 make 90 % with the second bucket alone.
        Series low = SeriesOf.every(DAY, new double[] {0.005, 0.005, 0.015}, new double[] {8, 4, 1});

        Wanted wanted = named("VPA").wanted(SeriesOf.all(low), 3 * DAY);

        assertThat(wanted.vcpu()).isCloseTo(1.15 * 0.0205, within(EXACT));
        // Peaks 1 (weighs 1), 4 (1/2), 8 (1/4): 1.575 of 1.75 is reached with the 8 only.
        assertThat(wanted.memoryGib()).isCloseTo(1.15 * 8, within(EXACT));
    }

    @Test
    void vpa_forgetsAPeakOfLongAgo() {
        double[] memory = new double[6];
        Arrays.fill(memory, 1);
        memory[0] = 100; // weighs 1/32 of 63/32: less than a tenth
        double[] vcpu = {4, 0.2, 0.2, 0.2, 0.2, 0.2}; // 4/32 of 0.125 + 0.2 × 31/16: a quarter

        Wanted wanted = named("VPA").wanted(SeriesOf.all(SeriesOf.every(DAY, vcpu, memory)), 6 * DAY);

        assertThat(wanted.memoryGib()).isCloseTo(1.15, within(EXACT));
        // 4 vCPU are 400 first buckets: floor(ln(21) / ln(1.05)) = 62 ends at 0.01 × (1.05^63 − 1) / 0.05.
        assertThat(wanted.vcpu()).isCloseTo(1.15 * (Math.pow(1.05, 63) - 1) / 5, within(EXACT));
    }

    @Test
    void baselines_whenMemoryWasNotMeasured_cannotTellHowMuch() {
        Series noMemory = SeriesOf.every(DAY, new double[] {1, 1}, new double[] {Double.NaN, Double.NaN});

        assertThat(Baselines.PUBLISHED)
                .allSatisfy(one -> assertThat(
                                one.wanted(SeriesOf.all(noMemory), 2 * DAY).memoryGib())
                        .isNaN());
    }

    @Test
    void baselines_whatComesAfterTheDecision_changesNothing() {
        double[] vcpu = {1, 2, 1, 50};
        double[] memory = {3, 4, 3, 90};
        Series whole = SeriesOf.every(DAY, vcpu, memory);
        Series known = SeriesOf.every(DAY, Arrays.copyOf(vcpu, 3), Arrays.copyOf(memory, 3));

        assertThat(Baselines.PUBLISHED)
                .allSatisfy(one -> assertThat(one.wanted(Window.before(whole, 3 * DAY), 3 * DAY))
                        .isEqualTo(one.wanted(SeriesOf.all(known), 3 * DAY)));
    }
}
