package io.regrade.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits a problem into parts that share nothing: rows that cannot be overdrawn whatever is chosen tie nobody together. Each part
 * is solved by itself, most of them by taking the best.
 */
final class Parts {

    private final Problem problem;
    private final boolean[] binding;
    private final int[] parents;

    private Parts(Problem problem, boolean[] binding) {
        this.problem = problem;
        this.binding = binding;
        this.parents = new int[problem.movers() + problem.rows().size()];
        Arrays.setAll(parents, i -> i);
    }

    /** The machines of each part; only rows that bind tie them. */
    static List<int[]> of(Problem problem, boolean[] binding) {
        return new Parts(problem, binding).split();
    }

    /** Which rows could be overdrawn, were each machine to take what takes most of it. */
    static boolean[] binding(Problem problem) {
        double[] most = new double[problem.rows().size()];
        double[] mine = new double[most.length];
        for (int m = 0; m < problem.movers(); m++) {
            for (int o = 0; o < problem.takes()[m].length; o++) {
                int[] rows = problem.takes()[m][o];
                for (int i = 0; i < rows.length; i++) {
                    mine[rows[i]] = Math.max(mine[rows[i]], problem.amounts()[m][o][i]);
                }
            }
            for (int[] rows : problem.takes()[m]) {
                for (int row : rows) {
                    most[row] += mine[row];
                    mine[row] = 0;
                }
            }
        }
        boolean[] binding = new boolean[most.length];
        for (int row = 0; row < most.length; row++) {
            binding[row] = !problem.rows().get(row).holds(most[row]);
        }
        return binding;
    }

    private List<int[]> split() {
        int movers = problem.movers();
        for (int m = 0; m < movers; m++) {
            for (int[] rows : problem.takes()[m]) {
                for (int row : rows) {
                    if (binding[row]) {
                        parents[root(m)] = root(movers + row);
                    }
                }
            }
        }
        Map<Integer, List<Integer>> parts = new LinkedHashMap<>();
        for (int m = 0; m < movers; m++) {
            parts.computeIfAbsent(root(m), root -> new ArrayList<>()).add(m);
        }
        return parts.values().stream()
                .map(part -> part.stream().mapToInt(Integer::intValue).toArray())
                .toList();
    }

    private int root(int of) {
        int root = of;
        while (parents[root] != root) {
            parents[root] = parents[parents[root]];
            root = parents[root];
        }
        return root;
    }
}
