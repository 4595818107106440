package io.regrade.intake.telemetry;

import io.regrade.fact.Course;
import java.util.Arrays;

/**
 * What was used of one resource hour by hour of UTC: sums, counts and peaks. Memory grows with the hours, 20 bytes for each.
 * Not safe for use by two threads at a time.
 */
final class Hours {

    private static final long SECONDS_AN_HOUR = 3600;
    private static final int HOURS_A_DAY = 24;
    private static final int DAYS_A_WEEK = 7;
    /** Less than so many rounds tell a rhythm from chance too badly. */
    private static final int LEAST_ROUNDS = 3;

    private static final double NEARLY_HIGHEST = 0.9;

    private long firstHour;
    private int size;
    private double[] sums = new double[HOURS_A_DAY];
    private double[] peaks = new double[HOURS_A_DAY];
    private int[] counts = new int[HOURS_A_DAY];
    private long lastTime;

    /** A sample, later than all before it. */
    void add(long epochSecond, double amount) {
        long hour = Math.floorDiv(epochSecond, SECONDS_AN_HOUR);
        if (size == 0) {
            firstHour = hour;
        }
        int at = Math.toIntExact(hour - firstHour);
        if (at >= sums.length) {
            int room = Math.max(at + 1, 2 * sums.length);
            sums = Arrays.copyOf(sums, room);
            peaks = Arrays.copyOf(peaks, room);
            counts = Arrays.copyOf(counts, room);
        }
        size = at + 1;
        sums[at] += amount;
        peaks[at] = counts[at]++ == 0 ? amount : Math.max(peaks[at], amount);
        lastTime = epochSecond;
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
        long from = Math.floorDiv(lastTime, SECONDS_AN_HOUR) - (long) Course.RECENT_DAYS * HOURS_A_DAY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int i = (int) Math.max(0, from - firstHour + 1); i < size; i++) {
            highest = counts[i] > 0 ? Math.max(highest, peaks[i]) : highest;
        }
        return highest;
    }

    private double burstiness() {
        int hours = 0;
        double sum = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] > 0) {
                hours++;
                sum += mean(i);
            }
        }
        double mean = sum / hours;
        double squares = 0;
        for (int i = 0; i < size; i++) {
            squares += counts[i] > 0 ? (mean(i) - mean) * (mean(i) - mean) : 0;
        }
        double deviation = Math.sqrt(squares / hours);
        return deviation + mean > 0 ? (deviation - mean) / (deviation + mean) : Double.NaN;
    }

    /** The share of the variance of hourly means that the place in a period explains, adjusted for what chance would. */
    private double explainedBy(int period) {
        if (size < LEAST_ROUNDS * period) {
            return Double.NaN;
        }
        double[] sumAt = new double[period];
        int[] hoursAt = new int[period];
        double sum = 0;
        int hours = 0;
        int places = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] > 0) {
                int place = place(i, period);
                places += hoursAt[place]++ == 0 ? 1 : 0;
                sumAt[place] += mean(i);
                sum += mean(i);
                hours++;
            }
        }
        double all = 0;
        double rest = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] > 0) {
                int place = place(i, period);
                double fromPlace = mean(i) - sumAt[place] / hoursAt[place];
                double fromMean = mean(i) - sum / hours;
                rest += fromPlace * fromPlace;
                all += fromMean * fromMean;
            }
        }
        if (hours <= places || !(all > 0)) {
            return Double.NaN;
        }
        double adjusted = 1 - rest / (hours - places) / (all / (hours - 1));
        return Math.min(Math.max(adjusted, 0), 1);
    }

    private int place(int hour, int period) {
        return (int) Math.floorMod(firstHour + hour, (long) period);
    }

    private double mean(int hour) {
        return sums[hour] / counts[hour];
    }

    private Days days() {
        int most = (int) (Math.floorDiv(firstHour + size - 1, HOURS_A_DAY) - Math.floorDiv(firstHour, HOURS_A_DAY)) + 1;
        Days days = new Days(most);
        long day = Long.MIN_VALUE;
        double sum = 0;
        int hours = 0;
        for (int i = 0; i < size; i++) {
            if (counts[i] == 0) {
                continue;
            }
            long of = Math.floorDiv(firstHour + i, HOURS_A_DAY);
            if (of != day) {
                sum = 0;
                hours = 0;
                day = of;
                days.at[days.size] = of - Math.floorDiv(firstHour, HOURS_A_DAY);
                days.peaks[days.size++] = Double.NEGATIVE_INFINITY;
            }
            sum += mean(i);
            hours++;
            days.means[days.size - 1] = sum / hours;
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
