package io.regrade.backtest;

import java.util.ArrayList;
import java.util.List;

/**
 * Moves whose projected risk lies between two bounds, and how many of them turned out badly.
 *
 * @param above the lower bound, not included; below 0 for none
 * @param upTo the upper bound, included
 * @param machines how many there are
 * @param memoryExceeding how many used more memory than there was, at least once
 * @param memoryExceedingBefore how many of these used more than they had had before the move, too: staying would not have
 *     helped them
 */
public record RiskBand(double above, double upTo, int machines, int memoryExceeding, int memoryExceedingBefore) {

    private static final double[] BOUNDS = {-1, 0, 0.5, 1, 2, 4};

    /** The share that used more memory than there was; NaN without machines. */
    public double memoryExceedingShare() {
        return machines == 0 ? Double.NaN : (double) memoryExceeding / machines;
    }

    /** Counts moves band by band. Not safe for use by two threads at a time. */
    static final class Counts {
        private final int[] machines = new int[BOUNDS.length - 1];
        private final int[] exceeding = new int[BOUNDS.length - 1];
        private final int[] before = new int[BOUNDS.length - 1];

        /** One move; those without a projected risk are in no band. */
        void add(double risk, boolean memoryExceeded, boolean beforeToo) {
            for (int i = 0; i < machines.length; i++) {
                if (risk > BOUNDS[i] && risk <= BOUNDS[i + 1]) {
                    machines[i]++;
                    exceeding[i] += memoryExceeded ? 1 : 0;
                    before[i] += memoryExceeded && beforeToo ? 1 : 0;
                }
            }
        }

        List<RiskBand> bands() {
            List<RiskBand> bands = new ArrayList<>();
            for (int i = 0; i < machines.length; i++) {
                bands.add(new RiskBand(BOUNDS[i], BOUNDS[i + 1], machines[i], exceeding[i], before[i]));
            }
            return bands;
        }
    }
}
