package io.regrade.backtest;

import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.Series;
import java.util.Arrays;

/**
 * Some consecutive samples of one machine: all that a recommender sees of it.
 *
 * @param series the samples; valid while they are read
 * @param from place of the first sample of the window
 * @param to place after the last one
 */
public record Window(Series series, int from, int to) {

    private static final long SECONDS_A_DAY = 86_400;

    /** The samples before a moment, seconds since 1970-01-01T00:00Z. */
    public static Window before(Series series, long epochSecond) {
        return new Window(series, 0, series.firstAt(epochSecond));
    }

    /** The samples at a moment or later. */
    public static Window since(Series series, long epochSecond) {
        return new Window(series, series.firstAt(epochSecond), series.size());
    }

    /** Whether there is no sample. */
    public boolean isEmpty() {
        return from >= to;
    }

    /** The part of it that lies within so many days before a moment. */
    public Window lastDays(long days, long epochSecond) {
        return new Window(series, Math.max(from, series.firstAt(epochSecond - days * SECONDS_A_DAY)), to);
    }

    /** What was measured, in order of time; cells that were not measured are left out. */
    public double[] amounts(Measure measure) {
        double[] amounts = new double[Math.max(0, to - from)];
        int size = 0;
        for (int i = from; i < to; i++) {
            double amount = series.amount(measure, i);
            if (!Double.isNaN(amount)) {
                amounts[size++] = amount;
            }
        }
        return Arrays.copyOf(amounts, size);
    }

    /** The smallest amount that at least the share q (0 to 1) of the samples do not exceed; NaN without samples. */
    public double quantile(Measure measure, double q) {
        double[] sorted = amounts(measure);
        if (sorted.length == 0) {
            return Double.NaN;
        }
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(q * sorted.length - 1e-9); // 0.95 × 100 is 95, whatever its last bit says
        return sorted[Math.min(Math.max(rank, 1), sorted.length) - 1];
    }

    /** The highest amount; NaN without samples. */
    public double max(Measure measure) {
        return Arrays.stream(amounts(measure)).max().orElse(Double.NaN);
    }
}
