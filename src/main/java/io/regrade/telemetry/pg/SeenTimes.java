package io.regrade.telemetry.pg;

import java.util.Arrays;

/**
 * The moments at which a series has samples, as runs of equal steps: a monitor that measures every 15 s takes one run for
 * ever. Not safe for use by two threads at a time.
 */
final class SeenTimes {

    private long[] firsts = new long[1];
    private long[] steps = new long[1];
    private int[] counts = new int[1];
    private int runs;

    /** Whether it had not been seen; it has been from now on. */
    boolean add(long millis) {
        int last = runs - 1;
        if (runs > 0 && millis <= end(last)) {
            if (contains(millis)) {
                return false;
            }
            int after = last;
            while (after > 0 && firsts[after - 1] > millis) {
                after--;
            }
            put(after > 0 ? after - 1 : -1, after, millis);
        } else {
            put(last, runs, millis);
        }
        return true;
    }

    /** Makes one run longer, or puts a new one somewhere. */
    private void put(int run, int at, long millis) {
        if (run >= 0 && counts[run] == 1) {
            steps[run] = millis - firsts[run];
            counts[run] = 2;
        } else if (run >= 0 && millis - end(run) == steps[run]) {
            counts[run]++;
        } else {
            insertAt(at, millis);
        }
    }

    private long end(int run) {
        return firsts[run] + steps[run] * (counts[run] - 1);
    }

    /** Runs may overlap, since what came late lies between the steps of another: all that begin before are looked at. */
    private boolean contains(long millis) {
        for (int run = runs - 1; run >= 0; run--) {
            long away = millis - firsts[run];
            if (away == 0 || (away > 0 && millis <= end(run) && away % steps[run] == 0)) {
                return true;
            }
        }
        return false;
    }

    private void insertAt(int at, long millis) {
        if (runs == firsts.length) {
            firsts = Arrays.copyOf(firsts, 2 * runs);
            steps = Arrays.copyOf(steps, 2 * runs);
            counts = Arrays.copyOf(counts, 2 * runs);
        }
        System.arraycopy(firsts, at, firsts, at + 1, runs - at);
        System.arraycopy(steps, at, steps, at + 1, runs - at);
        System.arraycopy(counts, at, counts, at + 1, runs - at);
        firsts[at] = millis;
        steps[at] = 0;
        counts[at] = 1;
        runs++;
    }

    /** How many runs there are: memory is 20 bytes for each. */
    int runs() {
        return runs;
    }
}
