package io.regrade.intake.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A measure as one source knows it: at every moment the sum of its series. It is known where every series that goes on at
 * that moment is known; a series goes on from its first sample to one usual step after its last, as senders may bring the
 * series of one moment in several requests. Not safe for use by two threads at a time.
 */
final class MeasureSum {

    private final List<MonitoredSeries> series = new ArrayList<>();
    private final List<RawSamples> samples = new ArrayList<>();
    private long[] times = {};
    private double[] amounts = {};

    /** Adds a series, whose samples are ordered. */
    void add(MonitoredSeries one, RawSamples ordered) {
        series.add(one);
        samples.add(ordered);
    }

    /** Adds all series up. */
    void sum() {
        times = samples.stream()
                .flatMapToLong(one -> LongStream.range(0, one.size()).map(i -> one.time((int) i)))
                .sorted()
                .distinct()
                .toArray();
        amounts = new double[times.length];
        int[] going = new int[times.length];
        for (int i = 0; i < series.size(); i++) {
            add(series.get(i), samples.get(i), going);
        }
        int least = series.stream().mapToInt(MonitoredSeries::least).max().orElse(1);
        for (int i = 0; i < times.length; i++) {
            boolean isAmount = going[i] >= least && amounts[i] >= 0 && amounts[i] <= SampleBlock.LARGEST;
            amounts[i] = isAmount ? amounts[i] : Double.NaN;
        }
    }

    private void add(MonitoredSeries one, RawSamples of, int[] going) {
        if (of.size() == 0) {
            return;
        }
        double[] parts = of.amounts(one.isCounter(), one.factor());
        long end = of.time(of.size() - 1) + of.step();
        int at = 0;
        for (int i = Arrays.binarySearch(times, of.time(0)); i < times.length && times[i] <= end; i++) {
            going[i]++;
            boolean is = at < of.size() && of.time(at) == times[i];
            amounts[i] += is ? parts[at++] : Double.NaN;
        }
    }

    int size() {
        return times.length;
    }

    long time(int i) {
        return times[i];
    }

    /** NaN when it is not known. */
    double amount(int i) {
        return amounts[i];
    }
}
