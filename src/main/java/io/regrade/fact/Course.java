package io.regrade.fact;

/**
 * How the use of a resource went over the days of its window, from what was used hour by hour. Hours and days are those of
 * UTC. What so few data cannot tell is NaN, and an interval that they cannot narrow has no end.
 *
 * @param days days of which something was measured
 * @param recentPeak the highest amount of the last {@value #RECENT_DAYS} days of the window, in the resource's unit
 * @param peakRecurrence the share of the days whose highest amount is at least nine tenths of the highest of all
 * @param burstiness (σ − μ) / (σ + μ) of the hourly means, from −1 for a steady use over 0 for a random one to 1 for bursts
 *     (Goh and Barabási, "Burstiness and memory in complex systems", EPL 2008); NaN when nothing was used
 * @param dailySeasonality how much of the variance of hourly means the hour of the day explains, 0 to 1, adjusted for the
 *     number of hours (adjusted R²: Theil, "Economic forecasts and policy", 1961); NaN for less than three days
 * @param weeklySeasonality the same of the hour of the week; NaN for less than three weeks
 * @param trendLow lower end of the 95 % confidence interval of the growth a day, from daily means (least squares, Student's
 *     t); negative infinity for less than three days
 * @param trendHigh its upper end; infinity for less than three days
 */
public record Course(
        int days,
        double recentPeak,
        double peakRecurrence,
        @MayBeUnknown double burstiness,
        @MayBeUnknown double dailySeasonality,
        @MayBeUnknown double weeklySeasonality,
        double trendLow,
        double trendHigh) {

    /** How many days count as recent. */
    public static final int RECENT_DAYS = 7;

    /** Takes every zero as one: there is none below it. */
    public Course {
        recentPeak = Numbers.plain(recentPeak);
        peakRecurrence = Numbers.plain(peakRecurrence);
        burstiness = Numbers.plain(burstiness);
        dailySeasonality = Numbers.plain(dailySeasonality);
        weeklySeasonality = Numbers.plain(weeklySeasonality);
        trendLow = Numbers.plain(trendLow);
        trendHigh = Numbers.plain(trendHigh);
    }

    /** Whether the data narrow the trend at all. */
    public boolean isTrendBounded() {
        return !Double.isInfinite(trendLow) && !Double.isInfinite(trendHigh);
    }

    /** The course of use that is so many times as high at any hour, but never above a ceiling. */
    Course scaled(double factor, double ceiling) {
        return new Course(
                days,
                Math.min(recentPeak * factor, ceiling),
                peakRecurrence,
                burstiness,
                dailySeasonality,
                weeklySeasonality,
                trendLow * factor,
                trendHigh * factor);
    }

    /** The course of use that is at least so high at any hour. */
    Course raisedTo(double floor) {
        return new Course(
                days,
                Math.max(recentPeak, floor),
                peakRecurrence,
                burstiness,
                dailySeasonality,
                weeklySeasonality,
                trendLow,
                trendHigh);
    }
}
