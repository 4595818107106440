package io.regrade.intake.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Samples as they were sent in one request, series by series, in any order of time. Not safe for use by two threads at a
 * time; whoever hands it over does not change it any more.
 */
public final class SampleBatch {

    private final List<MonitoredSeries> series = new ArrayList<>();
    private int[] starts = new int[64];
    private long[] times = new long[256];
    private double[] values = new double[256];
    private int size;

    /** Makes an empty one. */
    public SampleBatch() {}

    /** Begins the samples of a series; a series may come several times. */
    public void series(MonitoredSeries next) {
        if (series.size() == starts.length) {
            starts = Arrays.copyOf(starts, 2 * starts.length);
        }
        starts[series.size()] = size;
        series.add(next);
    }

    /**
     * A sample of the series that was begun last.
     *
     * @param epochMillis when, milliseconds since 1970-01-01T00:00Z
     * @param value in the unit of the series, finite
     */
    public void add(long epochMillis, double value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        times[size] = epochMillis;
        values[size++] = value;
    }

    /** How many samples there are. */
    public int size() {
        return size;
    }

    /** How many times a series was begun. */
    public int runs() {
        return series.size();
    }

    /** The series of a run. */
    public MonitoredSeries series(int run) {
        return series.get(run);
    }

    /** The place of a run's first sample. */
    public int from(int run) {
        return starts[run];
    }

    /** The place after a run's last sample. */
    public int to(int run) {
        return run + 1 < series.size() ? starts[run + 1] : size;
    }

    /** When a sample was taken, milliseconds since 1970-01-01T00:00Z. */
    public long time(int i) {
        return times[i];
    }

    /** What was measured, in the unit of its series. */
    public double value(int i) {
        return values[i];
    }
}
