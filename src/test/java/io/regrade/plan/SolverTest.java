package io.regrade.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Small problems from a seed, against trying every answer. */
class SolverTest {

    private static final int PROBLEMS = 200;

    private static Problem random(Random random, boolean places) {
        int rows = 1 + random.nextInt(4);
        List<Row> all = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            all.add(new Row("row " + r, "units", places ? random.nextInt(3) : random.nextInt(12)));
        }
        int movers = 1 + random.nextInt(6);
        double[][] values = new double[movers][];
        int[][][] takes = new int[movers][][];
        double[][][] amounts = new double[movers][][];
        for (int m = 0; m < movers; m++) {
            int options = random.nextInt(4);
            values[m] = random.doubles(options, -20, 100).toArray();
            takes[m] = new int[options][];
            amounts[m] = new double[options][];
            for (int o = 0; o < options; o++) {
                int taken = places ? random.nextInt(2) : random.nextInt(rows + 1);
                takes[m][o] = random.ints(0, rows).distinct().limit(taken).toArray();
                amounts[m][o] = new double[taken];
                for (int i = 0; i < taken; i++) {
                    amounts[m][o][i] = places ? 1 : random.nextInt(10) - 2;
                }
            }
        }
        return new Problem(all, values, takes, amounts);
    }

    private static double best(Problem problem, Usage usage, int mover) {
        if (mover == problem.movers()) {
            for (int row = 0; row < problem.rows().size(); row++) {
                if (!problem.rows().get(row).holds(usage.of(row))) {
                    return Double.NEGATIVE_INFINITY;
                }
            }
            return problem.value(usage.choices);
        }
        double best = Double.NEGATIVE_INFINITY;
        for (int o = Problem.STAY; o < problem.values()[mover].length; o++) {
            usage.choose(mover, o);
            best = Math.max(best, best(problem, usage, mover + 1));
        }
        usage.choose(mover, Problem.STAY);
        return best;
    }

    private static Usage used(Problem problem, Solution solution) {
        Usage usage = new Usage(problem);
        for (int m = 0; m < problem.movers(); m++) {
            usage.choose(m, solution.choices()[m]);
        }
        return usage;
    }

    @Test
    void wherePlacesAreShort_theAnswerIsTheBest_andSaysSo() {
        for (int seed = 0; seed < PROBLEMS; seed++) {
            Problem problem = random(new Random(seed), true);
            Solution solution = Solver.solve(problem);
            double best = best(problem, new Usage(problem), 0);

            assertThat(problem.value(solution.choices())).as("seed %d", seed).isCloseTo(best, within());
            assertThat(solution.bound()).as("seed %d", seed).isCloseTo(best, within());
            assertHolds(problem, solution, seed);
        }
    }

    @Test
    void whereAmountsAreShort_theAnswerOfAFewMachinesIsTheBest_andSaysSo() {
        for (int seed = 0; seed < PROBLEMS; seed++) {
            Problem problem = random(new Random(seed), false);
            Solution solution = Solver.solve(problem);
            double best = best(problem, new Usage(problem), 0);

            assertThat(problem.value(solution.choices())).as("seed %d", seed).isCloseTo(best, within());
            assertThat(solution.bound()).as("seed %d", seed).isCloseTo(best, within());
            assertHolds(problem, solution, seed);
        }
    }

    @Test
    void aThousandMachines_onTwentyHosts_areWithinTwoPercentOfTheBound() {
        Problem problem = PlanRun.problem(1000, 20, 10, false);

        Solution solution = Solver.solve(problem);

        double value = problem.value(solution.choices());
        assertHolds(problem, solution, 7);
        assertThat((solution.bound() - value) / solution.bound()).isBetween(0.0, 0.02);
        assertThat(Solver.solve(problem).choices()).isEqualTo(solution.choices());
    }

    @Test
    void ofThousandsOfMachines_notAllAnswersAreTried_andTheBoundIsToldAllTheSame() {
        Problem problem = PlanRun.problem(6000, 120, 3, false);

        Solution solution = Solver.solve(problem);

        double value = problem.value(solution.choices());
        assertHolds(problem, solution, 7);
        assertThat((solution.bound() - value) / solution.bound()).isBetween(0.0, 0.05);
    }

    private static void assertHolds(Problem problem, Solution solution, int seed) {
        Usage usage = used(problem, solution);
        for (int row = 0; row < problem.rows().size(); row++) {
            assertThat(problem.rows().get(row).holds(usage.of(row)))
                    .as("row %d of seed %d holds", row, seed)
                    .isTrue();
        }
    }

    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.api.Assertions.within(1e-6);
    }
}
