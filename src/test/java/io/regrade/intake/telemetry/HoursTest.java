package io.regrade.intake.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.regrade.fact.Course;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Statistics over hours and days, worked out by hand. */
class HoursTest {

    private static final long MONDAY = Instant.parse("2024-03-04T00:00:00Z").getEpochSecond();

    /** One sample an hour. */
    private static Course hourly(int hours, IntToDoubleFunction amount) {
        Hours all = new Hours();
        for (int i = 0; i < hours; i++) {
            all.add(MONDAY + i * 3600L, amount.applyAsDouble(i));
        }
        return all.course();
    }

    @Test
    void oneSample_tellsItsPeakAndNothingElse() {
        Course course = hourly(1, hour -> 2);

        assertThat(course.days()).isEqualTo(1);
        assertThat(course.recentPeak()).isEqualTo(2);
        assertThat(course.peakRecurrence()).isEqualTo(1);
        assertThat(course.burstiness()).as("(0 − 2) / (0 + 2)").isEqualTo(-1);
        assertThat(course.dailySeasonality()).isNaN();
        assertThat(course.weeklySeasonality()).isNaN();
        assertThat(course.isTrendBounded()).isFalse();
    }

    @Test
    void samplesThousandsOfYearsApart_takeNoMoreMemoryThanOthers() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        Hours all = new Hours();
        all.add(Instant.parse("0001-01-01T12:00:00Z").getEpochSecond(), 4);
        all.add(Instant.parse("9999-12-31T00:00:00Z").getEpochSecond(), 1);
        Course course = all.course();

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1 << 20);
        assertThat(course.days()).isEqualTo(2);
        assertThat(course.recentPeak()).isEqualTo(1);
        assertThat(course.peakRecurrence()).isEqualTo(0.5);
        assertThat(course.dailySeasonality()).isNaN();
    }

    @Test
    void peakOfLongAgo_isNotRecent_andDoesNotRecur() {
        // Ten days of 1, but 8 once on the first; a tenth of the days reaches nine tenths of 8.
        Course course = hourly(240, hour -> hour == 5 ? 8 : 1);

        assertThat(course.days()).isEqualTo(10);
        assertThat(course.recentPeak()).isEqualTo(1);
        assertThat(course.peakRecurrence()).isEqualTo(0.1);
    }

    @Test
    void peakWithinSevenDays_isRecent() {
        assertThat(hourly(240, hour -> hour == 240 - 7 * 24 ? 8 : 1).recentPeak())
                .isEqualTo(8);
        assertThat(hourly(240, hour -> hour == 240 - 7 * 24 - 1 ? 8 : 1).recentPeak())
                .isEqualTo(1);
    }

    @Test
    void peaksOfEveryDay_recur_whereTheyReachNineTenths() {
        // The days reach 10, 9, 8.9 and 10.
        double[] peaks = {10, 9, 8.9, 10};
        assertThat(hourly(96, hour -> hour % 24 == 3 ? peaks[hour / 24] : 0).peakRecurrence())
                .isEqualTo(0.75);
    }

    @Test
    void burstiness_isThatOfHourlyMeans() {
        // Means 0 and 4 in turn: μ = 2, σ = 2. One hour of 10 among nine of 0: μ = 1, σ = 3.
        assertThat(hourly(48, hour -> hour % 2 * 4).burstiness()).isZero();
        assertThat(hourly(10, hour -> hour == 4 ? 10 : 0).burstiness()).isEqualTo(0.5);
        assertThat(hourly(10, hour -> 0).burstiness()).isNaN();
    }

    @Test
    void dailyRhythm_explainsAllOfWhatRepeats() {
        Course course = hourly(3 * 24, hour -> hour % 24 < 12 ? 1 : 5);

        assertThat(course.dailySeasonality()).isEqualTo(1);
        assertThat(course.weeklySeasonality())
                .as("three days are no three weeks")
                .isNaN();
    }

    @Test
    void dailyRhythm_ofHalfTheVariance_isAdjustedForItsHours() {
        // Two days of 0 and of 4 in turn for each hour: the hour of the day explains nothing.
        assertThat(hourly(4 * 24, hour -> hour / 24 % 2 * 4).dailySeasonality()).isZero();
        // 72 hours: 24 hours of the day with 0, 0 and 6 or 3, 3 and 9: within, Σ = 72 · 8 = 576; means 2 and 5 around
        // 3.5
        // add 72 · 2.25 = 162, so the adjusted share is 1 − (576 / 48) / (738 / 71) < 0, which counts as none.
        assertThat(hourly(72, hour -> (hour % 24 < 12 ? 0 : 3) + (hour >= 48 ? 6 : 0))
                        .dailySeasonality())
                .isZero();
        // The same with 0, 0 and 1 or 6, 6 and 7: within 72 · 2/9 = 16, between 72 · 9 = 648.
        assertThat(hourly(72, hour -> (hour % 24 < 12 ? 0 : 6) + (hour >= 48 ? 1 : 0))
                        .dailySeasonality())
                .isCloseTo(1 - (16 / 48.0) / (664 / 71.0), within(1e-12));
    }

    @Test
    void weeklyRhythm_isSeenInThreeWeeks() {
        Course course = hourly(21 * 24, hour -> hour / 24 % 7 == 5 ? 7 : 1);

        assertThat(course.weeklySeasonality()).isEqualTo(1);
        assertThat(course.dailySeasonality()).isZero();
    }

    @Test
    void trend_hasTheIntervalOfItsDailyMeans() {
        // Daily means 1, 2, 4: slope 1.5, residuals 1/6, −1/3, 1/6, so s² = 1/6 with one degree of freedom, Σ x² = 2.
        double[] means = {1, 2, 4};
        Course course = hourly(72, hour -> means[hour / 24]);

        double reach = 12.706 * Math.sqrt(1 / 6.0 / 2);
        assertThat(course.trendLow()).isCloseTo(1.5 - reach, within(1e-9));
        assertThat(course.trendHigh()).isCloseTo(1.5 + reach, within(1e-9));
    }

    @Test
    void trend_ofTwoDays_hasNoBounds() {
        Course course = hourly(48, hour -> hour);

        assertThat(course.trendLow()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(course.trendHigh()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void trend_ofManyDays_usesStudentsQuantile() {
        // 22 days: 20 degrees of freedom, t = 2.086. Means 0 and 1 in turn: slope by hand from Σ xy / Σ x².
        double[] x = new double[22];
        double[] y = new double[22];
        double xy = 0;
        double xx = 0;
        for (int i = 0; i < 22; i++) {
            x[i] = i;
            y[i] = i % 2;
            xy += (i - 10.5) * (y[i] - 0.5);
            xx += (i - 10.5) * (i - 10.5);
        }
        double slope = xy / xx;
        double reach = 2.086 * Math.sqrt((5.5 - slope * xy) / 20 / xx);

        Interval interval = Interval.ofSlope(x, y, 22);

        assertThat(interval.low()).isCloseTo(slope - reach, within(1e-5));
        assertThat(interval.high()).isCloseTo(slope + reach, within(1e-5));
    }

    @Test
    void gaps_areNoHoursOfNothing() {
        Hours hours = new Hours();
        hours.add(MONDAY, 4);
        hours.add(MONDAY + 10 * 86_400, 4);

        Course course = hours.course();

        assertThat(course.days()).isEqualTo(2);
        assertThat(course.burstiness()).isEqualTo(-1);
        assertThat(course.peakRecurrence()).isEqualTo(1);
    }
}
