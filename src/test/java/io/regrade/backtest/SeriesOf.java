package io.regrade.backtest;

import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.SampleBlock;
import io.regrade.intake.telemetry.Series;

/** Series of few samples, for tests. */
final class SeriesOf {

    static final long DAY = 86_400;

    private SeriesOf() {}

    /** A sample of processors and memory every so many seconds from the moment 0 on; NaN where nothing was measured. */
    static Series every(long seconds, double[] vcpu, double[] memoryGib) {
        Series series = new Series();
        SampleBlock block = new SampleBlock();
        double[] row = SampleBlock.emptyRow();
        for (int i = 0; i < vcpu.length; i++) {
            SampleBlock.set(row, Measure.CPU_VCPU, vcpu[i]);
            SampleBlock.set(row, Measure.MEMORY_GIB, memoryGib[i]);
            block.add(i * seconds, row);
        }
        series.add(block);
        return series;
    }

    /** All samples of a series. */
    static Window all(Series series) {
        return new Window(series, 0, series.size());
    }
}
