package io.regrade.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleUnaryOperator;

/**
 * What a machine used of one resource over a look-back window. Amounts are in the resource's own unit.
 *
 * @param resource what was used
 * @param from start of the window
 * @param to end of the window
 * @param samples how many measurements there are
 * @param coverage the share of the window that measurements cover, 0 to 1
 * @param mean arithmetic mean
 * @param p50 median
 * @param p90 90th percentile
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param p995 99.5th percentile
 * @param max highest measurement, exact
 * @param trendPerDay slope of the least-squares line through the measurements, amount a day; NaN when unknown
 * @param distribution all measurements, for projections
 */
public record Usage(
        Resource resource,
        Instant from,
        Instant to,
        long samples,
        double coverage,
        double mean,
        double p50,
        double p90,
        double p95,
        double p99,
        double p995,
        double max,
        @MayBeUnknown double trendPerDay,
        Distribution distribution) {

    /** Takes every zero as one: there is none below it. */
    public Usage {
        coverage = Numbers.plain(coverage);
        mean = Numbers.plain(mean);
        p50 = Numbers.plain(p50);
        p90 = Numbers.plain(p90);
        p95 = Numbers.plain(p95);
        p99 = Numbers.plain(p99);
        p995 = Numbers.plain(p995);
        max = Numbers.plain(max);
        trendPerDay = Numbers.plain(trendPerDay);
    }

    private static final double SECONDS_A_DAY = 86_400.0;
    private static final double HOURS_A_MONTH = 730.0;

    /** Length of the look-back window in days. */
    public double windowDays() {
        return Duration.between(from, to).toSeconds() / SECONDS_A_DAY;
    }

    /** Hours a month in which more than the given amount is used, when use goes on as it was. */
    public double hoursMonthAbove(double amount) {
        return distribution.shareAbove(amount) * HOURS_A_MONTH;
    }

    /**
     * What it would be if so many times as much were used at any moment, but never more than a ceiling, such as what the
     * machine has. The trend is scaled along.
     *
     * @param factor above 0
     * @param ceiling in the resource's unit; infinite for none
     */
    public Usage scaled(double factor, double ceiling) {
        double beyond = distribution.mean(used -> Math.max(0, used * factor - ceiling));
        return changed(used -> Math.min(used * factor, ceiling), mean * factor - beyond, trendPerDay * factor);
    }

    /**
     * What it would be if at any moment at least so much were used. The trend stays.
     *
     * @param floor in the resource's unit
     */
    public Usage raisedTo(double floor) {
        double added = distribution.mean(used -> Math.max(0, floor - used));
        return changed(used -> Math.max(used, floor), mean + added, trendPerDay);
    }

    private Usage changed(DoubleUnaryOperator change, double newMean, double newTrend) {
        return new Usage(
                resource,
                from,
                to,
                samples,
                coverage,
                newMean,
                change.applyAsDouble(p50),
                change.applyAsDouble(p90),
                change.applyAsDouble(p95),
                change.applyAsDouble(p99),
                change.applyAsDouble(p995),
                change.applyAsDouble(max),
                newTrend,
                distribution.changed(change));
    }

    /** The part of the window that measurements cover, in days. */
    public double coveredDays() {
        return windowDays() * coverage;
    }
}
