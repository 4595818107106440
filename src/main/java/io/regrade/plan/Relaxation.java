package io.regrade.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An answer and a bound where options take different amounts of several rows. Each row gets a price (Lagrangian relaxation): then
 * each machine can choose for itself, and what that gives is a bound; prices are moved by subgradients towards the lowest bound
 * (Held, Wolfe, Crowder: Validation of subgradient optimization, 1974; steps as by Polyak). Machines choose by these prices one
 * after another as far as the rows allow, and what can then be made better by changing one machine, or two, is made better. Used
 * once, by one thread; the same problem always gets the same answer.
 */
final class Relaxation {

    private static final int STEPS = 300;
    private static final int TRY_EVERY = 25;
    private static final int PATIENCE = 10;
    private static final double LEAST_GAP = 1e-9;
    private static final double LEAST_GAIN = 1e-6;
    private static final int PASSES = 20;
    /** Exchanges between two machines that are looked at in all: each costs about as much as a look at an option. */
    private static final int EXCHANGES = 20_000_000;

    private final Problem problem;
    private final double[] prices;
    private double[] bestPrices;
    private double bound = Double.POSITIVE_INFINITY;
    private int[] best;
    private double bestValue;
    private int[][] inRow = {};
    private int exchanges = EXCHANGES;

    Relaxation(Problem problem) {
        this.problem = problem;
        this.prices = new double[problem.rows().size()];
        this.bestPrices = prices.clone();
        this.best = new int[problem.movers()];
        Arrays.fill(best, Problem.STAY);
    }

    Solution solve() {
        attempt();
        double reach = 2;
        int without = 0;
        for (int step = 0; step < STEPS && !isBest(); step++) {
            double[] left = new double[prices.length];
            double relaxed = relax(left);
            if (relaxed < bound - LEAST_GAIN) {
                bound = relaxed;
                bestPrices = prices.clone();
                without = 0;
            } else if (++without == PATIENCE) {
                reach /= 2;
                without = 0;
            }
            if (!move(left, reach * (relaxed - bestValue))) {
                break;
            }
            if (step % TRY_EVERY == TRY_EVERY - 1) {
                attempt();
            }
        }
        exchange();
        System.arraycopy(bestPrices, 0, prices, 0, prices.length);
        bound = relax(new double[prices.length]);
        if (isBest()) {
            return new Solution(best, Math.max(bound, bestValue));
        }
        Branching branching = new Branching(problem, reduced(), bound, best);
        boolean isProven = branching.run();
        best = branching.best();
        return new Solution(best, isProven ? problem.value(best) : bound);
    }

    private boolean isBest() {
        return bound - bestValue <= LEAST_GAP * Math.max(1, bestValue);
    }

    /** The bound by these prices; also tells what is left of each row when each machine chooses for itself. */
    private double relax(double[] left) {
        double sum = 0;
        for (int row = 0; row < left.length; row++) {
            left[row] = problem.rows().get(row).limit();
            sum += prices[row] * left[row];
        }
        for (int m = 0; m < problem.movers(); m++) {
            int chosen = Problem.STAY;
            double most = 0;
            for (int o = 0; o < problem.values()[m].length; o++) {
                double reduced = reduced(m, o);
                if (reduced > most) {
                    most = reduced;
                    chosen = o;
                }
            }
            sum += most;
            if (chosen != Problem.STAY) {
                int[] rows = problem.takes()[m][chosen];
                for (int i = 0; i < rows.length; i++) {
                    left[rows[i]] -= problem.amounts()[m][chosen][i];
                }
            }
        }
        return sum;
    }

    private double[][] reduced() {
        double[][] all = new double[problem.movers()][];
        for (int m = 0; m < all.length; m++) {
            all[m] = new double[problem.values()[m].length];
            for (int o = 0; o < all[m].length; o++) {
                all[m][o] = reduced(m, o);
            }
        }
        return all;
    }

    private double reduced(int mover, int option) {
        double value = problem.values()[mover][option];
        int[] rows = problem.takes()[mover][option];
        double[] amounts = problem.amounts()[mover][option];
        for (int i = 0; i < rows.length; i++) {
            value -= prices[rows[i]] * amounts[i];
        }
        return value;
    }

    /** Dearer where too much is taken, cheaper where something is left; false when nothing moves any more. */
    private boolean move(double[] left, double distance) {
        double squares = 0;
        for (int row = 0; row < left.length; row++) {
            if (prices[row] > 0 || left[row] < 0) {
                squares += left[row] * left[row];
            }
        }
        if (squares == 0 || !(distance > 0)) {
            return false;
        }
        double step = distance / squares;
        for (int row = 0; row < left.length; row++) {
            prices[row] = Math.max(0, prices[row] - step * left[row]);
        }
        return true;
    }

    /** One answer that the rows allow, by the prices as they are. */
    private void attempt() {
        Usage usage = new Usage(problem);
        int[] order = IntStream.range(0, problem.movers())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer m) -> -regret(m)))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int m : order) {
            int chosen = Problem.STAY;
            double most = Double.NEGATIVE_INFINITY;
            for (int o = 0; o < problem.values()[m].length; o++) {
                double reduced = reduced(m, o);
                if (problem.values()[m][o] > 0 && reduced > most && usage.allows(m, o)) {
                    most = reduced;
                    chosen = o;
                }
            }
            if (chosen != Problem.STAY) {
                usage.choose(m, chosen);
            }
        }
        for (int m : order) {
            improve(usage, m, false);
        }
        double value = problem.value(usage.choices);
        if (value > bestValue) {
            bestValue = value;
            best = usage.choices.clone();
        }
    }

    /** How much a machine loses when it does not get its best option: who loses most chooses first. */
    private double regret(int mover) {
        double first = 0;
        double second = 0;
        for (int o = 0; o < problem.values()[mover].length; o++) {
            double reduced = reduced(mover, o);
            if (reduced > first) {
                second = first;
                first = reduced;
            } else if (reduced > second) {
                second = reduced;
            }
        }
        return first - second;
    }

    /** Makes the best answer so far better by changing two machines at a time. */
    private void exchange() {
        Usage usage = new Usage(problem);
        for (int m = 0; m < best.length; m++) {
            usage.choose(m, best[m]);
        }
        inRow = moversByRow();
        boolean better = true;
        for (int pass = 0; pass < PASSES && better; pass++) {
            better = false;
            for (int m = 0; m < problem.movers(); m++) {
                better |= improve(usage, m, true);
            }
        }
        best = usage.choices.clone();
        bestValue = problem.value(best);
    }

    /** Who could take of each row. */
    private int[][] moversByRow() {
        List<List<Integer>> rows = new ArrayList<>();
        problem.rows().forEach(row -> rows.add(new ArrayList<>()));
        for (int m = 0; m < problem.movers(); m++) {
            int mover = m;
            Arrays.stream(problem.takes()[m])
                    .flatMapToInt(Arrays::stream)
                    .distinct()
                    .forEach(row -> rows.get(row).add(mover));
        }
        return rows.stream()
                .map(row -> row.stream().mapToInt(Integer::intValue).toArray())
                .toArray(int[][]::new);
    }

    /** Gives a machine the best option that there is room for, or for which one other machine can make room at less loss. */
    private boolean improve(Usage usage, int mover, boolean exchanging) {
        boolean better = false;
        for (int o = 0; o < problem.values()[mover].length; o++) {
            double gain = problem.value(mover, o) - problem.value(mover, usage.choices[mover]);
            if (gain > LEAST_GAIN) {
                int row = usage.blocking(mover, o);
                if (row < 0) {
                    usage.choose(mover, o);
                    better = true;
                } else if (exchanging && exchanges > 0) {
                    better |= displace(usage, mover, o, row, gain);
                }
            }
        }
        return better;
    }

    private boolean displace(Usage usage, int mover, int option, int row, double gain) {
        int cheapest = -1;
        int instead = Problem.STAY;
        double least = gain - LEAST_GAIN;
        for (int other : inRow[row]) {
            int chosen = usage.choices[other];
            if (other == mover || chosen == Problem.STAY || !takes(other, chosen, row)) {
                continue;
            }
            for (int o = Problem.STAY; o < problem.values()[other].length; o++) {
                exchanges--;
                double loss = problem.value(other, chosen) - problem.value(other, o);
                if (o != chosen && loss < least && fits(usage, mover, option, other, o)) {
                    least = loss;
                    cheapest = other;
                    instead = o;
                }
            }
        }
        if (cheapest < 0) {
            return false;
        }
        usage.choose(cheapest, instead);
        usage.choose(mover, option);
        return true;
    }

    private boolean takes(int mover, int option, int row) {
        int[] rows = problem.takes()[mover][option];
        for (int i = 0; i < rows.length; i++) {
            if (rows[i] == row && problem.amounts()[mover][option][i] > 0) {
                return true;
            }
        }
        return false;
    }

    private static boolean fits(Usage usage, int mover, int option, int other, int instead) {
        if (!usage.allows(other, instead)) {
            return false;
        }
        int before = usage.choices[other];
        usage.choose(other, instead);
        boolean fits = usage.allows(mover, option);
        usage.choose(other, before);
        return fits;
    }
}
