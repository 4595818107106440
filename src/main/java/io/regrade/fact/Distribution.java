package io.regrade.fact;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * How often a resource was used how much: the bins of a finished quantile sketch, ascending.
 *
 * <p>Values are as precise as the sketch they come from (1 % relative error for those of {@code intake.telemetry}).
 * Instances never change and are safe to share.
 */
public final class Distribution {

    private final double[] values;
    private final double[] cumulative;

    /** Bins that were checked. */
    private record Bins(double[] values, double[] cumulative) {}

    private Distribution(Bins bins) {
        this.values = bins.values;
        this.cumulative = bins.cumulative;
    }

    /**
     * Makes a distribution of bins.
     *
     * @param values the representative value of each bin, strictly ascending, in the resource's unit
     * @param weights how many samples each bin holds, all above zero
     * @throws IllegalArgumentException when there is no bin, or the bins are not ascending or not positive in weight
     */
    public Distribution(double[] values, double[] weights) {
        if (values.length == 0 || values.length != weights.length) {
            throw new IllegalArgumentException("a distribution needs as many weights as values, and at least one");
        }
        this.values = values.clone();
        this.cumulative = new double[values.length];
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            if (!(weights[i] > 0) || Double.isNaN(values[i]) || (i > 0 && !(values[i] > values[i - 1]))) {
                throw new IllegalArgumentException("bin " + i + " of a distribution is not ascending or is empty");
            }
            sum += weights[i];
            cumulative[i] = sum;
        }
    }

    /**
     * Makes the very distribution whose {@link #value} and {@link #cumulative} these are.
     *
     * @throws IllegalArgumentException when there is no bin, or one of the two is not strictly ascending
     */
    public static Distribution ofCumulative(double[] values, double[] cumulative) {
        if (values.length == 0 || values.length != cumulative.length) {
            throw new IllegalArgumentException("a distribution needs as many weights as values, and at least one");
        }
        for (int i = 0; i < values.length; i++) {
            if (!(cumulative[i] > (i == 0 ? 0 : cumulative[i - 1]))
                    || Double.isNaN(values[i])
                    || (i > 0 && !(values[i] > values[i - 1]))) {
                throw new IllegalArgumentException("bin " + i + " of a distribution is not ascending or is empty");
            }
        }
        return new Distribution(new Bins(values.clone(), cumulative.clone()));
    }

    /** How many samples are in a bin and all below it. */
    public double cumulative(int i) {
        return cumulative[i];
    }

    /** Samples in all bins. */
    public double count() {
        return cumulative[cumulative.length - 1];
    }

    /** The number of bins. */
    public int bins() {
        return values.length;
    }

    /** The value of bin i. */
    public double value(int i) {
        return values[i];
    }

    /** The weight of bin i. */
    public double weight(int i) {
        return i == 0 ? cumulative[0] : cumulative[i] - cumulative[i - 1];
    }

    /** The smallest bin value that at least the share q (0 to 1) of the samples do not exceed. */
    public double quantile(double q) {
        double rank = q * count();
        int i = Arrays.binarySearch(cumulative, rank);
        int bin = i >= 0 ? i : -i - 1;
        return values[Math.min(bin, values.length - 1)];
    }

    /**
     * What it would be if every sample were changed so; bins that come to one value are one bin.
     *
     * @param change never makes less of more
     */
    Distribution changed(DoubleUnaryOperator change) {
        double[] changed = new double[values.length];
        double[] counts = new double[values.length];
        int bins = 0;
        for (int i = 0; i < values.length; i++) {
            double value = change.applyAsDouble(values[i]);
            if (bins == 0 || value > changed[bins - 1]) {
                changed[bins++] = value;
            }
            counts[bins - 1] = cumulative[i];
        }
        return new Distribution(new Bins(Arrays.copyOf(changed, bins), Arrays.copyOf(counts, bins)));
    }

    /** The mean of something that depends on how much was used. */
    double mean(DoubleUnaryOperator of) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += of.applyAsDouble(values[i]) * weight(i);
        }
        return sum / count();
    }

    /** The share of the samples (0 to 1) whose value is above the given amount. */
    public double shareAbove(double amount) {
        int i = Arrays.binarySearch(values, amount);
        int last = i >= 0 ? i : -i - 2; // last bin at or below the amount
        return last < 0 ? 1.0 : (count() - cumulative[last]) / count();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Distribution that
                && Arrays.equals(values, that.values)
                && Arrays.equals(cumulative, that.cumulative);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(values) + Arrays.hashCode(cumulative);
    }

    @Override
    public String toString() {
        return bins() + " bins of " + count() + " samples";
    }
}
