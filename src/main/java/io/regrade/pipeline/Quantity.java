package io.regrade.pipeline;

import io.regrade.fact.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * A number that a decision depends on, and how to vary it.
 *
 * @param fact which fact, such as {@code usage.vcpu} or {@code parameter.minimum-saving}
 * @param field which number of it, such as {@code p995}
 * @param unit its unit
 * @param words how a sentence calls it
 * @param from what it is
 * @param isFactor whether it is varied by a factor, and all else that goes with it by the same
 * @param least the least it is varied to
 * @param greatest the greatest it is varied to
 * @param at the circumstances with another number; given the factor when it is varied by one
 */
record Quantity(
        String fact,
        String field,
        String unit,
        String words,
        double from,
        boolean isFactor,
        double least,
        double greatest,
        DoubleFunction<Circumstances> at) {

    /** Where to look first, as multiples, on both sides. */
    private static final double[] STEPS = {1.02, 1.05, 1.1, 1.2, 1.35, 1.5, 1.75, 2, 2.5, 3, 4, 6, 10, 20, 50, 100};
    /** Where to look from a zero, as shares of the way to the bound. */
    private static final double[] SHARES = {0.001, 0.003, 0.01, 0.03, 0.1, 0.3};

    /** What is varied by a factor. */
    static Quantity scaled(
            String fact,
            String field,
            String unit,
            String words,
            double from,
            double least,
            double greatest,
            DoubleFunction<Circumstances> at) {
        return new Quantity(fact, field, unit, words, from, true, least, greatest, at);
    }

    /** What is varied itself. */
    static Quantity plain(
            String fact,
            String field,
            String unit,
            String words,
            double from,
            double least,
            double greatest,
            DoubleFunction<Circumstances> at) {
        return new Quantity(fact, field, unit, words, from, false, least, greatest, at);
    }

    /** The number for a value of what is varied. */
    double value(double varied) {
        return isFactor ? varied * from : varied;
    }

    /** What is varied, as it is. */
    double start() {
        return isFactor ? 1 : from;
    }

    /** The places to look at first on one side, nearest first, the bound last; none when it is at its bound. */
    List<Double> grid(boolean up) {
        double bound = Numbers.significant((up ? greatest : least) / (isFactor ? from : 1));
        double start = start();
        List<Double> grid = new ArrayList<>();
        if (up ? !(bound > start) : !(bound < start)) {
            return grid;
        }
        for (double step : start == 0 ? SHARES : STEPS) {
            double next = start == 0 ? bound * step : up ? start * step : start / step;
            next = Numbers.significant(next);
            if (up ? next < bound : next > bound) {
                grid.add(next);
            }
        }
        grid.add(bound);
        return grid;
    }
}
