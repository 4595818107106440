package io.regrade.intake.telemetry;

import java.util.Arrays;

/**
 * What is kept of the samples of one resource of one machine within one hour of UTC: enough to merge any hours into the
 * statistics of the whole. Immutable; the arrays are not shared.
 */
public final class UsageHour {

    /** The seconds of an hour. */
    public static final long SECONDS = 3600;

    private final long firstTime;
    private final long lastTime;
    private final long count;
    private final long interval;
    private final double covered;
    private final double sum;
    private final double min;
    private final double max;
    private final long zeros;
    private final int[] bins;
    private final long[] counts;

    /**
     * An hour.
     *
     * @param firstTime when its first sample was taken, seconds since 1970-01-01T00:00Z
     * @param lastTime when its last one was
     * @param count how many there are, at least one
     * @param interval the usual distance of two of them, seconds; 0 for a single one
     * @param covered the seconds from the first to the last that they stand for
     * @param sum of all amounts
     * @param min the lowest amount
     * @param max the highest one, exact
     * @param zeros how many amounts are 0, or too small for a bin
     * @param bins the bins of the sketch that hold something, ascending
     * @param counts how much each of them holds
     */
    public UsageHour(
            long firstTime,
            long lastTime,
            long count,
            long interval,
            double covered,
            double sum,
            double min,
            double max,
            long zeros,
            int[] bins,
            long[] counts) {
        this.firstTime = firstTime;
        this.lastTime = lastTime;
        this.count = count;
        this.interval = interval;
        this.covered = covered;
        this.sum = sum;
        this.min = min;
        this.max = max;
        this.zeros = zeros;
        this.bins = bins.clone();
        this.counts = counts.clone();
    }

    /** The hours since 1970-01-01T00:00Z. */
    public long hour() {
        return Math.floorDiv(firstTime, SECONDS);
    }

    public long firstTime() {
        return firstTime;
    }

    public long lastTime() {
        return lastTime;
    }

    public long count() {
        return count;
    }

    public long interval() {
        return interval;
    }

    public double covered() {
        return covered;
    }

    public double sum() {
        return sum;
    }

    public double min() {
        return min;
    }

    public double max() {
        return max;
    }

    public long zeros() {
        return zeros;
    }

    /** How many bins hold something. */
    public int bins() {
        return bins.length;
    }

    /** The bins that hold something, ascending. */
    public int[] binIndexes() {
        return bins.clone();
    }

    /** The amount at which a bin begins. */
    public static double lowerEnd(int bin) {
        return Sketches.MAPPING.lowerBound(bin);
    }

    /** The amount at which it ends. */
    public static double upperEnd(int bin) {
        return Sketches.MAPPING.upperBound(bin);
    }

    public int bin(int i) {
        return bins[i];
    }

    public long binCount(int i) {
        return counts[i];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof UsageHour that
                && firstTime == that.firstTime
                && lastTime == that.lastTime
                && count == that.count
                && interval == that.interval
                && covered == that.covered
                && sum == that.sum
                && min == that.min
                && max == that.max
                && zeros == that.zeros
                && Arrays.equals(bins, that.bins)
                && Arrays.equals(counts, that.counts);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(31 * firstTime + count);
    }

    @Override
    public String toString() {
        return count + " samples from " + firstTime + " to " + lastTime + ", at most " + max;
    }
}
