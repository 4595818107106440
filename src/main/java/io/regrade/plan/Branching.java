package io.regrade.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Tries all answers that the prices of a relaxation leave open, and so proves an answer to be the best or finds a better one. By the
 * prices, each choice of a machine loses something beside its best one; choices that lose more together than is between the bound and
 * the best answer so far cannot be better (reduced-cost fixing, branch and bound: Geoffrion, Lagrangean relaxation for integer
 * programming, 1974). Given up after a number of steps that is always the same. Used once, by one thread.
 */
final class Branching {

    private static final int STEPS = 2_000_000;
    /** With more machines than this undecided, all answers would never be tried; each takes a step down the stack, too. */
    private static final int MOST_OPEN = 500;

    private final Problem problem;
    private final Usage usage;
    private final double bound;
    private final List<Integer> open = new ArrayList<>();
    private final List<List<Choice>> choices = new ArrayList<>();
    private final boolean[] onlyGrows;
    private int[] best;
    private double bestValue;
    private int steps;

    /** An option of a machine and what it loses by the prices. */
    private record Choice(int option, double loss) {}

    /**
     * Prepares it.
     *
     * @param reduced what each option of each machine is worth by the prices
     * @param bound the bound that the prices give
     * @param answer the best answer so far
     */
    Branching(Problem problem, double[][] reduced, double bound, int[] answer) {
        this.problem = problem;
        this.usage = new Usage(problem);
        this.best = answer.clone();
        this.bestValue = problem.value(answer);
        this.bound = bound;
        this.onlyGrows = onlyGrows(problem);
        for (int m = 0; m < problem.movers(); m++) {
            double most = 0;
            for (double one : reduced[m]) {
                most = Math.max(most, one);
            }
            List<Choice> left = new ArrayList<>();
            for (int o = Problem.STAY; o < reduced[m].length; o++) {
                double loss = most - (o == Problem.STAY ? 0 : reduced[m][o]);
                if (loss < bound - bestValue) {
                    left.add(new Choice(o, loss));
                }
            }
            left.sort(Comparator.comparingDouble(Choice::loss));
            if (left.size() == 1) {
                usage.choose(m, left.get(0).option());
            } else {
                open.add(m);
                choices.add(left);
            }
        }
    }

    private static boolean[] onlyGrows(Problem problem) {
        boolean[] only = new boolean[problem.rows().size()];
        Arrays.fill(only, true);
        for (int m = 0; m < problem.movers(); m++) {
            for (int o = 0; o < problem.takes()[m].length; o++) {
                for (int i = 0; i < problem.takes()[m][o].length; i++) {
                    only[problem.takes()[m][o][i]] &= problem.amounts()[m][o][i] >= 0;
                }
            }
        }
        return only;
    }

    /** Tries them; whether all were tried, so that {@link #best} is the best. */
    boolean run() {
        return open.size() <= MOST_OPEN && descend(0, 0);
    }

    /** The best answer that was found. */
    int[] best() {
        return best;
    }

    private boolean descend(int depth, double lost) {
        if (++steps > STEPS) {
            return false;
        }
        if (depth == open.size()) {
            double value = problem.value(usage.choices);
            if (value > bestValue && holds()) {
                bestValue = value;
                best = usage.choices.clone();
            }
            return true;
        }
        int mover = open.get(depth);
        for (Choice choice : choices.get(depth)) {
            if (lost + choice.loss() >= bound - bestValue - Row.EPSILON) {
                break; // the others lose more
            }
            usage.choose(mover, choice.option());
            boolean done = !fits(mover, choice.option()) || descend(depth + 1, lost + choice.loss());
            usage.choose(mover, Problem.STAY);
            if (!done) {
                return false;
            }
        }
        return true;
    }

    /** Whether no row is overdrawn that a choice takes from; of rows that others may give back to only the end tells. */
    private boolean fits(int mover, int option) {
        if (option == Problem.STAY) {
            return true;
        }
        for (int row : problem.takes()[mover][option]) {
            if (onlyGrows[row] && !problem.rows().get(row).holds(usage.of(row))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds() {
        for (int row = 0; row < problem.rows().size(); row++) {
            if (!problem.rows().get(row).holds(usage.of(row))) {
                return false;
            }
        }
        return true;
    }
}
