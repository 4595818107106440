package io.regrade.intake.telemetry;

import java.util.Arrays;

/**
 * The samples of one series: whatever is added twice for one moment counts once, the first that was added. Not safe for use
 * by two threads at a time.
 */
final class RawSamples {

    /** A rate over a longer time would be no rate of any moment in it. */
    private static final long LONGEST_MILLIS = 3_600_000;

    private long[] times = new long[16];
    private double[] values = new double[16];
    private int size;
    private boolean sorted = true;

    void add(long epochMillis, double value) {
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
            values = Arrays.copyOf(values, 2 * size);
        }
        sorted &= size == 0 || epochMillis > times[size - 1];
        times[size] = epochMillis;
        values[size++] = value;
    }

    /** Puts the samples in order of time and drops what is there twice. */
    void order() {
        if (sorted) {
            return;
        }
        Integer[] order = new Integer[size];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Long.compare(times[a], times[b])); // keeps the order of equals
        long[] orderedTimes = new long[size];
        double[] orderedValues = new double[size];
        int kept = 0;
        for (int place : order) {
            if (kept == 0 || times[place] != orderedTimes[kept - 1]) {
                orderedTimes[kept] = times[place];
                orderedValues[kept++] = values[place];
            }
        }
        times = orderedTimes;
        values = orderedValues;
        size = kept;
        sorted = true;
    }

    int size() {
        return size;
    }

    long time(int i) {
        return times[i];
    }

    double value(int i) {
        return values[i];
    }

    /** The usual distance of two samples in milliseconds, the median; 0 for fewer than two. */
    long step() {
        if (size < 2) {
            return 0;
        }
        long[] distances = new long[size - 1];
        for (int i = 1; i < size; i++) {
            distances[i - 1] = times[i] - times[i - 1];
        }
        Arrays.sort(distances);
        return distances[(distances.length - 1) / 2];
    }

    /**
     * What the series adds to its measure at each of its moments, NaN where that is not known: a rate needs the sample before,
     * not longer ago than an hour. A counter that falls has begun anew at 0 since then.
     */
    double[] amounts(boolean counter, double factor) {
        double[] amounts = new double[size];
        for (int i = 0; i < size; i++) {
            amounts[i] = factor * (counter ? rate(i) : values[i]);
        }
        return amounts;
    }

    private double rate(int i) {
        if (i == 0 || times[i] - times[i - 1] > LONGEST_MILLIS) {
            return Double.NaN;
        }
        double grown = values[i] >= values[i - 1] ? values[i] - values[i - 1] : values[i];
        return grown / ((times[i] - times[i - 1]) / 1000.0);
    }
}
