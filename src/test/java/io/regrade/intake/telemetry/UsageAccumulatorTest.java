package io.regrade.intake.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class UsageAccumulatorTest {

    private static final long START = Instant.parse("2024-03-04T00:00:00Z").getEpochSecond();
    private static final long STEP = 300;
    private static final double[] SHARES = {0.50, 0.90, 0.95, 0.99, 0.995};

    private final UsageAccumulator accumulator = new UsageAccumulator();
    private final SampleBlock block = new SampleBlock();

    private void sample(long time, Measure measure, double amount) {
        double[] row = SampleBlock.emptyRow();
        SampleBlock.set(row, measure, amount);
        add(time, row);
    }

    private void add(long time, double[] row) {
        block.add(time, row);
        if (block.isFull()) {
            flush();
        }
    }

    private void flush() {
        accumulator.add(block);
        block.clear();
    }

    private List<Usage> finish() {
        flush();
        return accumulator.finish();
    }

    private Usage cpu(double... amounts) {
        for (int i = 0; i < amounts.length; i++) {
            sample(START + i * STEP, Measure.CPU_VCPU, amounts[i]);
        }
        return finish().get(0);
    }

    @Test
    void finish_countsMeanAndMaximumExactly() {
        Usage usage = cpu(1, 2, 3, 6);

        assertThat(usage.resource()).isEqualTo(Resource.CPU);
        assertThat(usage.samples()).isEqualTo(4);
        assertThat(usage.mean()).isEqualTo(3.0);
        assertThat(usage.max()).isEqualTo(6.0);
        assertThat(usage.from()).isEqualTo("2024-03-04T00:00:00Z");
        assertThat(usage.to()).as("one interval after the last").isEqualTo("2024-03-04T00:20:00Z");
        assertThat(usage.coverage()).isEqualTo(1.0);
    }

    @Test
    void mean_ofOneLargeAmongManySmall_losesNothing() {
        double[] amounts = new double[10_001];
        Arrays.fill(amounts, 0.1);
        amounts[0] = 1e15;

        assertThat(cpu(amounts).mean()).isEqualTo((1e15 + 1000) / 10_001);
    }

    @Test
    void percentiles_ofAConstant_areTheConstant() {
        Usage usage = cpu(4, 4, 4, 4);

        assertThat(usage.p50()).isEqualTo(4.0);
        assertThat(usage.p995()).isEqualTo(4.0);
        assertThat(usage.distribution().bins()).isEqualTo(1);
    }

    @Test
    void zeros_haveABinOfTheirOwn() {
        Usage usage = cpu(0, 0, 0, 5);

        assertThat(usage.p50()).isEqualTo(0.0);
        assertThat(usage.distribution().value(0)).isEqualTo(0.0);
        assertThat(usage.distribution().weight(0)).isEqualTo(3.0);
        assertThat(usage.distribution().value(1)).isEqualTo(5.0);
    }

    @Test
    void unmeasuredResource_hasNoUsage() {
        sample(START, Measure.CPU_VCPU, 1);

        assertThat(finish()).extracting(Usage::resource).containsExactly(Resource.CPU);
    }

    @Test
    void unmeasuredCell_isNotAZero() {
        sample(START, Measure.CPU_VCPU, 2);
        sample(START + STEP, Measure.CPU_VCPU, Double.NaN);
        sample(START + 2 * STEP, Measure.CPU_VCPU, 4);

        Usage usage = finish().get(0);
        assertThat(usage.samples()).isEqualTo(2);
        assertThat(usage.mean()).isEqualTo(3.0);
    }

    @Test
    void diskThroughput_addsReadsAndWrites_andNeedsBoth() {
        double[] both = SampleBlock.emptyRow();
        SampleBlock.set(both, Measure.DISK_READ_MBPS, 2);
        SampleBlock.set(both, Measure.DISK_WRITE_MBPS, 3);
        add(START, both);
        sample(START + STEP, Measure.DISK_READ_MBPS, 100);

        Usage usage = finish().get(0);
        assertThat(usage.resource()).isEqualTo(Resource.DISK_THROUGHPUT);
        assertThat(usage.max()).isEqualTo(5.0);
        assertThat(usage.samples()).isEqualTo(1);
    }

    @Test
    void network_isTheBusierDirectionInGbits() {
        double[] row = SampleBlock.emptyRow();
        SampleBlock.set(row, Measure.NET_RX_MBPS, 250);
        SampleBlock.set(row, Measure.NET_TX_MBPS, 1500);
        add(START, row);

        Usage usage = finish().get(0);
        assertThat(usage.resource()).isEqualTo(Resource.NETWORK);
        assertThat(usage.max()).isEqualTo(1.5);
    }

    @Test
    void coverage_countsALongGapAsThreeIntervals() {
        sample(START, Measure.CPU_VCPU, 1);
        sample(START + STEP, Measure.CPU_VCPU, 1);
        sample(START + 2 * STEP, Measure.CPU_VCPU, 1);
        sample(START + 12 * STEP, Measure.CPU_VCPU, 1);

        // Covered: two intervals, three of the ten of the gap, and one after the last, of thirteen.
        assertThat(finish().get(0).coverage()).isEqualTo(6.0 / 13);
    }

    @Test
    void coverage_ofAGapOfThreeIntervals_isComplete() {
        sample(START, Measure.CPU_VCPU, 1);
        sample(START + STEP, Measure.CPU_VCPU, 1);
        sample(START + 2 * STEP, Measure.CPU_VCPU, 1);
        sample(START + 5 * STEP, Measure.CPU_VCPU, 1);

        assertThat(finish().get(0).coverage()).isEqualTo(1.0);
    }

    @Test
    void singleSample_coversNothing() {
        Usage usage = cpu(3);

        assertThat(usage.coverage()).isEqualTo(0.0);
        assertThat(usage.windowDays()).isEqualTo(0.0);
        assertThat(usage.trendPerDay()).isNaN();
    }

    @Test
    void trend_ofALine_isItsSlope() {
        for (int i = 0; i < 3 * 288; i++) {
            sample(START + i * STEP, Measure.MEMORY_GIB, 8 + 0.5 * i / 288.0);
        }

        assertThat(finish().get(0).trendPerDay()).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void trend_overLessThanTwoDays_isUnknown() {
        for (int i = 0; i < 2 * 288 - 1; i++) {
            sample(START + i * STEP, Measure.MEMORY_GIB, i);
        }

        assertThat(finish().get(0).trendPerDay()).isNaN();
    }

    @Test
    void finish_startsAfresh() {
        Usage before = cpu(1, 2, 3);

        assertThat(cpu(1, 2, 3)).isEqualTo(before);
    }

    @Property(tries = 300)
    void percentiles_areWithinOnePercentOfAnExactSort(
            @ForAll @Size(min = 1, max = 3000) List<@DoubleRange(min = 0, max = 1e6) Double> measured) {
        double[] amounts = measured.stream().mapToDouble(Double::doubleValue).toArray();
        Usage usage = new UsageAccumulatorTest().cpu(amounts);

        double[] sorted = amounts.clone();
        Arrays.sort(sorted);
        double[] found = {usage.p50(), usage.p90(), usage.p95(), usage.p99(), usage.p995()};
        for (int i = 0; i < SHARES.length; i++) {
            double exact = sorted[Math.max(0, (int) Math.ceil(SHARES[i] * sorted.length) - 1)];
            assertThat(found[i]).isCloseTo(exact, within(0.01 * exact + 1e-12));
        }
        assertThat(usage.max()).isEqualTo(sorted[sorted.length - 1]);
        assertThat(usage.distribution().count()).isEqualTo(amounts.length);
    }
}
