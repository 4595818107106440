package io.regrade.plan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Plans machines with 20 choices each over pools that take half of them, and prints how long that takes, what it is worth beside
 * letting the machines choose one after another, and how far from the best it can be. Once each machine takes one place, once it
 * takes processors, memory, storage and network of a host. Arguments: machines (10000), pools (200), choices (20).
 */
public final class PlanRun {

    private PlanRun() {}

    public static void main(String[] args) {
        int[] numbers = {10_000, 200, 20};
        for (int i = 0; i < args.length; i++) {
            numbers[i] = Integer.parseInt(args[i]);
        }
        System.out.println("| machines take | machines | s | US$ a month | one after another | gap to the bound |");
        System.out.println("|---|---:|---:|---:|---:|---:|");
        for (boolean places : new boolean[] {true, false}) {
            for (int machines : new int[] {numbers[0] / 10, numbers[0]}) {
                run(machines, numbers[1], numbers[2], places);
            }
        }
    }

    private static void run(int machines, int pools, int choices, boolean places) {
        Problem problem = problem(machines, pools, choices, places);
        long begun = System.nanoTime();
        Solution solution = Solver.solve(problem);
        double seconds = (System.nanoTime() - begun) / 1e9;
        double value = problem.value(solution.choices());
        System.out.printf(
                Locale.ROOT,
                "| %s | %,d | %.1f | %,.0f | %,.0f | %.2f %% |%n",
                places ? "a place" : "four amounts",
                machines,
                seconds,
                value,
                oneAfterAnother(problem),
                100 * (solution.bound() - value) / solution.bound());
    }

    static Problem problem(int machines, int pools, int choices, boolean places) {
        Random random = new Random(7);
        int kinds = places ? 1 : 4;
        List<Row> rows = new ArrayList<>();
        double each = machines / (double) pools / 2;
        for (int pool = 0; pool < pools; pool++) {
            for (int kind = 0; kind < kinds; kind++) {
                double limit = places ? Math.max(1, Math.round(each)) : each * 10 * (0.8 + 0.4 * random.nextDouble());
                rows.add(new Row("pool " + pool, "units", limit));
            }
        }
        double[][] values = new double[machines][choices];
        int[][][] takes = new int[machines][choices][];
        double[][][] amounts = new double[machines][choices][];
        for (int m = 0; m < machines; m++) {
            double size = 2 + 16 * random.nextDouble();
            int[] chosen = random.ints(0, pools).distinct().limit(choices).toArray();
            for (int o = 0; o < choices; o++) {
                int pool = chosen[o];
                values[m][o] = (places ? 10 : size) * (1 + 9 * random.nextDouble());
                takes[m][o] = IntStream.range(0, kinds)
                        .map(kind -> pool * kinds + kind)
                        .toArray();
                amounts[m][o] = places
                        ? new double[] {1}
                        : random.doubles(kinds, 0.5, 1.5)
                                .map(share -> share * size)
                                .toArray();
            }
            Integer[] order = IntStream.range(0, choices).boxed().toArray(Integer[]::new);
            double[] worth = values[m];
            Arrays.sort(order, Comparator.comparingDouble(o -> -worth[o]));
            values[m] = Arrays.stream(order).mapToDouble(o -> worth[o]).toArray();
            int[][] own = takes[m];
            takes[m] = Arrays.stream(order).map(o -> own[o]).toArray(int[][]::new);
        }
        return new Problem(rows, values, takes, amounts);
    }

    private static double oneAfterAnother(Problem problem) {
        Usage usage = new Usage(problem);
        for (int m = 0; m < problem.movers(); m++) {
            for (int o = 0; o < problem.values()[m].length && usage.choices[m] == Problem.STAY; o++) {
                if (usage.allows(m, o)) {
                    usage.choose(m, o);
                }
            }
        }
        return problem.value(usage.choices);
    }
}
