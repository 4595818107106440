package io.regrade.intake.telemetry;

import java.util.Arrays;
import java.util.List;

/**
 * What is used in each hour of the week, from Monday 00:00 UTC on, over all weeks that were measured. Immutable.
 */
public final class WeekProfile {

    /** The hours of a week. */
    public static final int HOURS = 168;

    /** 1970 began on a Thursday. */
    private static final long THURSDAY = 72;

    private final double[] means = new double[HOURS];
    private final double[] peaks = new double[HOURS];
    private final int[] counts = new int[HOURS];

    /** The profile of some hours. */
    public WeekProfile(List<UsageHour> hours) {
        Arrays.fill(peaks, Double.NaN);
        for (UsageHour hour : hours) {
            int place = (int) Math.floorMod(hour.hour() + THURSDAY, (long) HOURS);
            means[place] += hour.sum() / hour.count();
            peaks[place] = peaks[place] >= hour.max() ? peaks[place] : hour.max();
            counts[place]++;
        }
        for (int i = 0; i < HOURS; i++) {
            means[i] /= counts[i]; // NaN when there is none
        }
    }

    /** The mean of the hourly means, NaN when that hour of the week was never measured. */
    public double mean(int hourOfWeek) {
        return means[hourOfWeek];
    }

    /** The highest amount, NaN when that hour of the week was never measured. */
    public double peak(int hourOfWeek) {
        return peaks[hourOfWeek];
    }
}
