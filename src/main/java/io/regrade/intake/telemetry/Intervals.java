package io.regrade.intake.telemetry;

import java.util.Map;
import java.util.TreeMap;

/**
 * The distances between successive samples, counted by length. Distinct lengths add up to the time between the first
 * sample and the last, so their number stays small however many samples there are.
 */
final class Intervals {

    /** A gap counts as covered for at most so many usual distances. */
    private static final int COVERED_INTERVALS = 3;

    private final TreeMap<Long, Long> counts = new TreeMap<>();
    private long current;
    private long run;
    /** What summed up distances cover more or less than if all were the usual one. */
    private double deviation;

    void add(long seconds) {
        if (seconds == current) {
            run++;
            return;
        }
        flush();
        current = seconds;
        run = 1;
    }

    /**
     * Distances of which only this is known.
     *
     * @param seconds the usual one
     * @param number how many there are
     * @param coveredSeconds what they cover
     */
    void add(long seconds, long number, double coveredSeconds) {
        if (number > 0) {
            flush();
            counts.merge(seconds, number, Long::sum);
            deviation += coveredSeconds - (double) seconds * number;
        }
    }

    private void flush() {
        if (run > 0) {
            counts.merge(current, run, Long::sum);
        }
        run = 0;
    }

    /** The median distance in seconds, the lower one of two; 0 when there is none. */
    long median() {
        flush();
        long total = 0;
        for (long count : counts.values()) {
            total += count;
        }
        long before = 0;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            before += entry.getValue();
            if (2 * before >= total) {
                return entry.getKey();
            }
        }
        return 0;
    }

    /** The seconds that samples stand for, the one usual distance after the last of them included. */
    double covered(long median) {
        flush();
        double covered = median + deviation;
        double most = (double) median * COVERED_INTERVALS;
        for (Map.Entry<Long, Long> entry : counts.entrySet()) {
            covered += Math.min(entry.getKey(), most) * entry.getValue();
        }
        return covered;
    }
}
