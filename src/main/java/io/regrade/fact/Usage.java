package io.regrade.fact;

import java.time.Duration;
import java.time.Instant;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

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
 * @param course how use went over the days; null when only a summary is known
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
        Distribution distribution,
        @Nullable Course course) {

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

    /** Usage of which it is not known how it went over the days. */
    public Usage(
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
            double trendPerDay,
            Distribution distribution) {
        this(
                resource,
                from,
                to,
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
                distribution,
                null);
    }

    private static final double SECONDS_A_DAY = 86_400.0;
    private static final double HOURS_A_MONTH = 730.0;
    private static final double MOST_SPARE = 64;
    private static final int SPARE_STEPS = 24;
    private static final double MOST_UNITS = 4096;

    /** Length of the look-back window in days. */
    public double windowDays() {
        return Duration.between(from, to).toSeconds() / SECONDS_A_DAY;
    }

    /** Hours a month in which more than the given amount is used, when use goes on as it was. */
    public double hoursMonthAbove(double amount) {
        return distribution.shareAbove(amount) * HOURS_A_MONTH;
    }

    /**
     * The chance that a machine later uses more than an amount at least once, for what is used at its peaks: 1 up to the
     * highest use seen, and beyond it 1 / (1 + (excess / median)^shape), where excess is what the amount is above the
     * highest use, as a share of it. This is the survival function of the log-logistic distribution; how it fits real
     * machines is told in docs/analysis.md. The same on every Java runtime.
     *
     * @param amount in the resource's unit
     * @param medianExcess the share by which half of all machines come to exceed their highest use seen, above 0
     * @param shape how fast the chance falls, above 0
     */
    public double chanceOfMoreThan(double amount, double medianExcess, double shape) {
        return amount > max ? chance(amount / max - 1, medianExcess, shape) : 1;
    }

    private static double chance(double excess, double medianExcess, double shape) {
        return 1 / (1 + StrictMath.pow(excess / medianExcess, shape));
    }

    /**
     * The share of the highest use to have to spare so that a little more would cost what it is worth: where the price of
     * a further GiB (or other unit) equals what it lowers the expected damage by, price × max = worth × −d chance/d
     * headroom. This is the newsvendor's quantity. See {@link #chanceOfMoreThan} for the chance.
     *
     * @param priceUsdMonth what a unit of the resource costs, US dollars a month, above 0
     * @param worthUsd what it is worth that the resource is never short, US dollars, 0 or more
     * @param medianExcess as for the chance
     * @param shape as for the chance, at most 1, so that there is one such share
     * @return the share, 0 or more; at most {@value #MOST_SPARE}
     */
    public double worthwhileSpare(double priceUsdMonth, double worthUsd, double medianExcess, double shape) {
        double low = 0;
        double high = MOST_SPARE;
        for (int i = 0; i < SPARE_STEPS; i++) {
            double spare = (low + high) / 2;
            double relative = StrictMath.pow(spare / medianExcess, shape);
            double fall = shape * relative / spare / ((1 + relative) * (1 + relative));
            if (worthUsd * fall > priceUsdMonth * max) {
                low = spare;
            } else {
                high = spare;
            }
        }
        return high;
    }

    /**
     * The capacity that costs least, its price and the hours in which it is short taken together, among the sizes that
     * classes come in: 1, 2, 3, 4, 6, 8, 12 … units.
     *
     * @param utilisation the share of the capacity above which it counts as short, above 0
     * @param priceUsdMonth what a unit costs, US dollars a month, 0 or more
     * @param hourUsd what an hour in which it is not short is worth, US dollars, 0 or more
     */
    public double worthwhileCapacity(double utilisation, double priceUsdMonth, double hourUsd) {
        double best = 1;
        double least = Double.POSITIVE_INFINITY;
        for (double size = 1; size <= MOST_UNITS; size = larger(size)) {
            double hours = hoursMonthAbove(size * utilisation);
            double cost = size * priceUsdMonth + hours * hourUsd;
            if (cost < least) {
                best = size;
                least = cost;
            }
            if (hours == 0) {
                break;
            }
        }
        return best;
    }

    /** The next size: half as much again after a power of two, a third more after three times one. */
    private static double larger(double size) {
        return size == 1 ? 2 : size % 3 == 0 ? size / 3 * 4 : size / 2 * 3;
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
        return changed(
                used -> Math.min(used * factor, ceiling),
                mean * factor - beyond,
                trendPerDay * factor,
                course == null ? null : course.scaled(factor, ceiling));
    }

    /**
     * What it would be if at any moment at least so much were used. The trend stays.
     *
     * @param floor in the resource's unit
     */
    public Usage raisedTo(double floor) {
        double added = distribution.mean(used -> Math.max(0, floor - used));
        return changed(
                used -> Math.max(used, floor),
                mean + added,
                trendPerDay,
                course == null ? null : course.raisedTo(floor));
    }

    private Usage changed(DoubleUnaryOperator change, double newMean, double newTrend, @Nullable Course newCourse) {
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
                distribution.changed(change),
                newCourse);
    }

    /** The part of the window that measurements cover, in days. */
    public double coveredDays() {
        return windowDays() * coverage;
    }
}
