package io.regrade.intake.telemetry;

import io.regrade.fact.Course;
import java.util.Arrays;

/**
 * What was used of one resource hour by hour of UTC: sums, counts and peaks. Memory grows with the hours in which something was
 * measured, 28 bytes for each, however far they are apart.
 * Not safe for use by two threads at a time.
 */
final class Hours {

    private static final long SECONDS_AN_HOUR = 3600;
    private static final int HOURS_A_DAY = 24;
    private static final int DAYS_A_WEEK = 7;
    /** Less than so many rounds tell a rhythm from chance too badly. */
    private static final int LEAST_ROUNDS = 3;

    private static final double NEARLY_HIGHEST = 0.9;

    /** The hours since 1970 in which something was measured, in order; the other arrays go along with it. */
    private long[] hours = new long[HOURS_A_DAY];

    private double[] sums = new double[HOURS_A_DAY];
    private double[] peaks = new double[HOURS_A_DAY];
    private int[] counts = new int[HOURS_A_DAY];
    private int size;

    /** A sample, later than all before it. */
    void add(long epochSecond, double amount) {
        long hour = Math.floorDiv(epochSecond, SECONDS_AN_HOUR);
        if (size == 0 || hours[size - 1] != hour) {
            begin(hour, amount);
        }
        int at = size - 1;
        sums[at] += amount;
        peaks[at] = Math.max(peaks[at], amount);
        counts[at]++;
    }

    /** What was kept of an hour, later than all before it. */
    void add(UsageHour hour) {
        begin(hour.hour(), hour.max());
        sums[size - 1] = hour.sum();
        counts[size - 1] = (int) hour.count();
    }

    private void begin(long hour, double amount) {
        if (size == hours.length) {
            hours = Arrays.copyOf(hours, 2 * size);
            sums = Arrays.copyOf(sums, 2 * size);
            peaks = Arrays.copyOf(peaks, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        hours[size] = hour;
        peaks[size] = amount;
        size++;
    }

    /** How use went; there is at least one sample. */
    Course course() {
        Days days = days();
        Interval trend = Interval.ofSlope(days.at, days.means, days.size);
        return new Course(
                days.size,
                recentPeak(),
                days.recurrence(),
                burstiness(),
                explainedBy(HOURS_A_DAY),
                explainedBy(HOURS_A_DAY * DAYS_A_WEEK),
                trend.low(),
                trend.high());
    }

    private double recentPeak() {
        long from = hours[size - 1] - (long) Course.RECENT_DAYS * HOURS_A_DAY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = size - 1; i >= 0 && hours[i] > from; i--) {
            highest = Math.max(highest, peaks[i]);
        }
        return highest;
    }

    private double burstiness() {
        double sum = 0;
        for (int i = 0; i < size; i++) {
            sum += mean(i);
        }
        double mean = sum / size;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += (mean(i) - mean) * (mean(i) - mean);
        }
        double deviation = Math.sqrt(squares / size);
        return deviation + mean > 0 ? (deviation - mean) / (deviation + mean) : Double.NaN;
    }

    /** The share of the variance of hourly means that the place in a period explains, adjusted for what chance would. */
    private double explainedBy(int period) {
        if (hours[size - 1] - hours[0] + 1 < LEAST_ROUNDS * period) {
            return Double.NaN;
        }
        double[] sumAt = new double[period];
        int[] hoursAt = new int[period];
        double sum = 0;
        int places = 0;
        for (int i = 0; i < size; i++) {
            int place = place(i, period);
            places += hoursAt[place]++ == 0 ? 1 : 0;
            sumAt[place] += mean(i);
            sum += mean(i);
        }
        double all = 0;
        double rest = 0;
        for (int i = 0; i < size; i++) {
            int place = place(i, period);
            double fromPlace = mean(i) - sumAt[place] / hoursAt[place];
            double fromMean = mean(i) - sum / size;
            rest += fromPlace * fromPlace;
            all += fromMean * fromMean;
        }
        if (size <= places || !(all > 0)) {
            return Double.NaN;
        }
        double adjusted = 1 - rest / (size - places) / (all / (size - 1));
        return Math.min(Math.max(adjusted, 0), 1);
    }

    private int place(int at, int period) {
        return (int) Math.floorMod(hours[at], (long) period);
    }

    private double mean(int at) {
        return sums[at] / counts[at];
    }

    private long day(int at) {
        return Math.floorDiv(hours[at], HOURS_A_DAY);
    }

    private Days days() {
        Days days = new Days((int) Math.min(size, day(size - 1) - day(0) + 1));
        double sum = 0;
        int measured = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || day(i) != day(i - 1)) {
                sum = 0;
                measured = 0;
                days.at[days.size] = day(i) - day(0);
                days.peaks[days.size++] = Double.NEGATIVE_INFINITY;
            }
            sum += mean(i);
            measured++;
            days.means[days.size - 1] = sum / measured;
            days.peaks[days.size - 1] = Math.max(days.peaks[days.size - 1], peaks[i]);
        }
        return days;
    }

    /** The days of which something was measured, in order. */
    private static final class Days {
        private final double[] at;
        private final double[] means;
        private final double[] peaks;
        private int size;

        private Days(int most) {
            at = new double[most];
            means = new double[most];
            peaks = new double[most];
        }

        private double recurrence() {
            double highest = Arrays.stream(peaks, 0, size).max().orElse(Double.NaN);
            return (double) Arrays.stream(peaks, 0, size)
                            .filter(peak -> peak >= NEARLY_HIGHEST * highest)
                            .count()
                    / size;
        }
    }
}
