package io.regrade.plan;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Solves an assignment problem part by part: by taking the best where nothing is short, exactly as a flow where options take
 * single places, and else by a relaxation that says how far from the best it can be at most. Stateless.
 */
final class Solver {

    private Solver() {}

    static Solution solve(Problem problem) {
        int[] choices = new int[problem.movers()];
        Arrays.fill(choices, Problem.STAY);
        double bound = 0;
        boolean[] binding = Parts.binding(problem);
        List<int[]> parts = Parts.of(problem, binding);
        for (int[] part : parts) {
            Problem own = restricted(problem, part, binding);
            Solution solution;
            if (part.length == 1) {
                solution = alone(own);
            } else if (PlaceFlow.isPossible(own)) {
                solution = PlaceFlow.solve(own);
            } else {
                solution = new Relaxation(own).solve();
            }
            bound += solution.bound();
            for (int i = 0; i < part.length; i++) {
                choices[part[i]] = solution.choices()[i];
            }
        }
        return new Solution(choices, bound);
    }

    /** One machine that shares nothing with others: its best option that no row forbids. */
    private static Solution alone(Problem problem) {
        Usage usage = new Usage(problem);
        int best = Problem.STAY;
        for (int o = 0; o < problem.values()[0].length; o++) {
            if (problem.value(0, o) > problem.value(0, best) && usage.allows(0, o)) {
                best = o;
            }
        }
        return new Solution(new int[] {best}, problem.value(0, best));
    }

    /** Some of the machines, and only the rows that bind. */
    private static Problem restricted(Problem problem, int[] movers, boolean[] binding) {
        double[][] values = new double[movers.length][];
        int[][][] takes = new int[movers.length][][];
        double[][][] amounts = new double[movers.length][][];
        for (int i = 0; i < movers.length; i++) {
            int m = movers[i];
            int options = problem.values()[m].length;
            values[i] = problem.values()[m];
            takes[i] = new int[options][];
            amounts[i] = new double[options][];
            for (int o = 0; o < options; o++) {
                int[] rows = problem.takes()[m][o];
                int[] kept = IntStream.range(0, rows.length)
                        .filter(place -> binding[rows[place]])
                        .toArray();
                double[] all = problem.amounts()[m][o];
                takes[i][o] = Arrays.stream(kept).map(place -> rows[place]).toArray();
                amounts[i][o] =
                        Arrays.stream(kept).mapToDouble(place -> all[place]).toArray();
            }
        }
        return new Problem(problem.rows(), values, takes, amounts);
    }
}
