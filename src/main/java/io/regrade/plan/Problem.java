package io.regrade.plan;

import java.util.List;

/**
 * An assignment problem: each machine takes one of its options, or stays, so that the values add up to the most and no row is
 * overdrawn. Immutable once it is built; staying is worth 0 and takes nothing.
 *
 * @param rows what is shared
 * @param values what each option of each machine is worth, US dollars a month
 * @param takes which rows each option takes from
 * @param amounts how much it takes; negative when it gives some back
 */
record Problem(List<Row> rows, double[][] values, int[][][] takes, double[][][] amounts) {

    /** A choice that is none: the machine stays. */
    static final int STAY = -1;

    int movers() {
        return values.length;
    }

    /** What a choice is worth. */
    double value(int mover, int option) {
        return option == STAY ? 0 : values[mover][option];
    }

    /** What choices are worth together. */
    double value(int[] choices) {
        double sum = 0;
        for (int m = 0; m < choices.length; m++) {
            sum += value(m, choices[m]);
        }
        return sum;
    }
}
