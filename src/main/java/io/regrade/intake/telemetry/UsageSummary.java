package io.regrade.intake.telemetry;

import io.regrade.fact.Distribution;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * What somebody else measured of one resource, as a few numbers in the resource's own unit; amounts that are finite
 * and zero or more.
 *
 * @param resource what was used
 * @param windowDays length of the look-back window in days
 * @param samples how many measurements there were
 * @param coverage the share of the window that they cover, 0 to 1
 * @param mean arithmetic mean
 * @param p50 median
 * @param p90 90th percentile, NaN when it was not given
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param p995 99.5th percentile, NaN when it was not given
 * @param max highest measurement
 * @param trendPerDay amount a day by which it grows, NaN when unknown
 */
public record UsageSummary(
        Resource resource,
        double windowDays,
        long samples,
        double coverage,
        double mean,
        double p50,
        double p90,
        double p95,
        double p99,
        double p995,
        double max,
        double trendPerDay) {

    private static final double SECONDS_A_DAY = 86_400.0;
    private static final int STEPS = 16;

    /** Fills in percentiles that were not given, on the line between their neighbours. */
    public UsageSummary {
        p90 = Double.isNaN(p90) ? p50 + (p95 - p50) * (0.90 - 0.50) / (0.95 - 0.50) : p90;
        p995 = Double.isNaN(p995) ? p99 + (max - p99) * (0.995 - 0.99) / (1.0 - 0.99) : p995;
    }

    /**
     * The usage over a window that ends at the given moment.
     *
     * <p>Its distribution follows the straight lines through the percentiles, in sixteen steps between two of them, each
     * step at its upper end, so that every given percentile is met and nothing is rounded down. Below the median the
     * line starts at the amount for which the mean comes out as given, or at the nearest that lies between zero and the
     * median.
     */
    public Usage usage(Instant windowEnd) {
        Instant from = windowEnd.minus(Duration.ofSeconds(Math.round(windowDays * SECONDS_A_DAY)));
        return new Usage(
                resource,
                from,
                windowEnd,
                samples,
                coverage,
                mean,
                p50,
                p90,
                p95,
                p99,
                p995,
                max,
                trendPerDay,
                distribution());
    }

    private Distribution distribution() {
        double[] shares = {0, 0.50, 0.90, 0.95, 0.99, 0.995, 1};
        double[] amounts = {0, p50, p90, p95, p99, p995, max};
        amounts[0] = lowest(shares, amounts);
        double[] values = new double[(shares.length - 1) * STEPS];
        double[] weights = new double[values.length];
        int size = 0;
        for (int i = 1; i < shares.length; i++) {
            for (int step = 1; step <= STEPS; step++) {
                double value =
                        step == STEPS ? amounts[i] : amounts[i - 1] + (amounts[i] - amounts[i - 1]) * step / STEPS;
                if (size == 0 || value > values[size - 1]) {
                    values[size++] = value;
                }
                weights[size - 1] += samples * (shares[i] - shares[i - 1]) / STEPS;
            }
        }
        return new Distribution(Arrays.copyOf(values, size), Arrays.copyOf(weights, size));
    }

    private double lowest(double[] shares, double[] amounts) {
        double above = 0;
        for (int i = 2; i < shares.length; i++) {
            above += (shares[i] - shares[i - 1]) * (amounts[i] + amounts[i - 1]) / 2;
        }
        double belowMedian = (mean - above) / 0.50;
        return Math.min(Math.max(2 * belowMedian - p50, 0), p50);
    }
}
