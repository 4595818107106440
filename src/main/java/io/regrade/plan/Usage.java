package io.regrade.plan;

import java.util.Arrays;

/** How much choices take of each row, kept up to date while choices change. Not thread-safe. */
final class Usage {

    private final Problem problem;
    private final double[] used;
    final int[] choices;

    Usage(Problem problem) {
        this.problem = problem;
        this.used = new double[problem.rows().size()];
        this.choices = new int[problem.movers()];
        Arrays.fill(choices, Problem.STAY);
    }

    /** What is taken of a row. */
    double of(int row) {
        return used[row];
    }

    /** Whether a machine can change to an option, or to staying, without a row being overdrawn more than before. */
    boolean allows(int mover, int option) {
        return blocking(mover, option) < 0;
    }

    /** The first row that a change would overdraw; -1 when there is none. */
    int blocking(int mover, int option) {
        int now = choices[mover];
        add(mover, now, -1);
        add(mover, option, 1);
        int blocking = -1;
        if (option != Problem.STAY) {
            blocking = overdrawn(problem.takes()[mover][option]);
        }
        if (blocking < 0 && now != Problem.STAY) {
            blocking = overdrawn(problem.takes()[mover][now]);
        }
        add(mover, option, -1);
        add(mover, now, 1);
        return blocking;
    }

    /** All rows of an option that it would overdraw. */
    int[] scarce(int mover, int option) {
        int now = choices[mover];
        add(mover, now, -1);
        add(mover, option, 1);
        int[] scarce = Arrays.stream(problem.takes()[mover][option])
                .filter(row -> !problem.rows().get(row).holds(used[row]))
                .toArray();
        add(mover, option, -1);
        add(mover, now, 1);
        return scarce;
    }

    private int overdrawn(int[] rows) {
        for (int row : rows) {
            if (!problem.rows().get(row).holds(used[row])) {
                return row;
            }
        }
        return -1;
    }

    void choose(int mover, int option) {
        add(mover, choices[mover], -1);
        add(mover, option, 1);
        choices[mover] = option;
    }

    private void add(int mover, int option, int sign) {
        if (option == Problem.STAY) {
            return;
        }
        int[] rows = problem.takes()[mover][option];
        double[] amounts = problem.amounts()[mover][option];
        for (int i = 0; i < rows.length; i++) {
            used[rows[i]] += sign * amounts[i];
        }
    }
}
