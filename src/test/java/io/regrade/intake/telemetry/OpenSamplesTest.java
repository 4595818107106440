package io.regrade.intake.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** From what monitors send to what a machine used. */
class OpenSamplesTest {

    private static final long START = 1_740_000_000_000L / 3_600_000 * 3_600_000;
    private static final double GIB = 1.0 / (1 << 30);

    private final OpenSamples samples = new OpenSamples();

    private static MonitoredSeries cpu(String term) {
        return new MonitoredSeries("a", "node_exporter", Measure.CPU_VCPU, term, true, 1, 1);
    }

    private static MonitoredSeries memory(String term, double sign) {
        return new MonitoredSeries("a", "node_exporter", Measure.MEMORY_GIB, term, false, sign * GIB, 2);
    }

    private Usage only(Resource resource) {
        List<Usage> usage = samples.hours().usage().stream()
                .filter(one -> one.resource() == resource)
                .toList();
        assertThat(usage).hasSize(1);
        return usage.get(0);
    }

    @Test
    void counters_areRates_addedUp_andAResetIsANewStart() {
        for (int i = 0; i < 10; i++) {
            long at = START + i * 15_000L;
            samples.add(cpu("cpu=0"), at, 100 + i * 3); // 0.2 vCPU
            samples.add(cpu("cpu=1"), at, i < 5 ? 900 + i * 6 : (i - 5) * 6 + 6); // 0.4, begun anew before the sixth
        }
        Usage usage = only(Resource.CPU);
        assertThat(usage.samples()).isEqualTo(9); // the first has none before it
        assertThat(usage.max()).isCloseTo(0.6, within(1e-12));
        assertThat(usage.mean()).isCloseTo(0.6, within(1e-12));
    }

    @Test
    void aMeasure_isUnknown_whereAPartOfItIsMissing() {
        for (int i = 0; i < 10; i++) {
            long at = START + i * 60_000L;
            samples.add(memory("total", 1), at, 8.0 * (1 << 30));
            if (i != 4 && i != 9) {
                samples.add(memory("available", -1), at, 6.0 * (1 << 30));
            }
        }
        Usage usage = only(Resource.MEMORY);
        assertThat(usage.max()).isEqualTo(2);
        assertThat(usage.samples()).isEqualTo(8);
    }

    @Test
    void aMeasureWithoutItsOtherPart_isNotMeasured() {
        samples.add(memory("total", 1), START, 8.0 * (1 << 30));
        assertThat(samples.hours().usage()).isEmpty();
    }

    @Test
    void whatComesTwice_orLate_orShuffled_countsOnce() {
        MonitoredSeries series = MonitoredSeries.of("a", Measure.CPU_VCPU);
        Random random = new Random(5);
        OpenSamples shuffled = new OpenSamples();
        int[] order = random.ints(0, 500).limit(4000).toArray();
        for (int i = 0; i < 500; i++) {
            samples.add(series, START + i * 300_000L, Math.sin(i) + 1);
        }
        for (int i : order) {
            shuffled.add(series, START + i * 300_000L, Math.sin(i) + 1);
        }
        for (int i = 0; i < 500; i++) {
            shuffled.add(series, START + i * 300_000L, Math.sin(i) + 1);
        }
        assertThat(shuffled.hours()).isEqualTo(samples.hours());
        assertThat(samples.hours().usage().get(0).samples()).isEqualTo(500);
    }

    @Test
    void severalSources_areNeverAddedUp_theOneWithMostSamplesCounts() {
        for (int i = 0; i < 12; i++) {
            samples.add(MonitoredSeries.of("a", Measure.CPU_VCPU), START + i * 300_000L, 3);
        }
        for (int i = 0; i < 60; i++) {
            samples.add(
                    new MonitoredSeries("a", "kubevirt", Measure.CPU_VCPU, "", false, 1, 1), START + i * 60_000L, 2);
        }
        Usage usage = only(Resource.CPU);
        assertThat(usage.samples()).isEqualTo(60);
        assertThat(usage.max()).isEqualTo(2);
    }

    /** Merged hours are as good as the samples: the same percentiles, peaks and coverage. */
    @Test
    void hours_mergeToTheStatisticsOfTheirSamples() {
        UsageAccumulator exact = new UsageAccumulator();
        SampleBlock block = new SampleBlock();
        double[] row = SampleBlock.emptyRow();
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            if (i % 97 < 80) { // with gaps
                double amount = random.nextInt(9) == 0 ? 0 : Math.exp(random.nextGaussian());
                SampleBlock.set(row, Measure.CPU_VCPU, amount);
                block.add(START / 1000 + i * 300L, row);
                samples.add(MonitoredSeries.of("a", Measure.CPU_VCPU), START + i * 300_000L, amount);
            }
        }
        exact.add(block);
        Usage want = exact.finish().get(0);
        Usage is = only(Resource.CPU);
        assertThat(is.distribution()).isEqualTo(want.distribution());
        assertThat(is.course().recentPeak()).isEqualTo(want.course().recentPeak());
        assertThat(is)
                .usingRecursiveComparison()
                .ignoringFields("mean", "trendPerDay", "course")
                .isEqualTo(want);
        assertThat(is.mean()).isCloseTo(want.mean(), within(1e-12));
        assertThat(is.trendPerDay()).isCloseTo(want.trendPerDay(), within(0.002));
    }
}
