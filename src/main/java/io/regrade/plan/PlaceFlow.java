package io.regrade.plan;

import java.util.Arrays;
import java.util.function.Function;
import org.jgrapht.Graph;
import org.jgrapht.alg.flow.mincost.CapacityScalingMinimumCostFlow;
import org.jgrapht.alg.flow.mincost.MinimumCostFlowProblem.MinimumCostFlowProblemImpl;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;

/**
 * The exact answer where each option takes at most one place of one row: a flow of least cost from machines over rows, by
 * successive shortest paths with capacity scaling (Ahuja, Magnanti, Orlin: Network Flows, 1993, 10.2).
 */
final class PlaceFlow {

    private PlaceFlow() {}

    /** Whether every option takes one place of one row, or nothing. */
    static boolean isPossible(Problem problem) {
        for (int m = 0; m < problem.movers(); m++) {
            for (double[] amounts : problem.amounts()[m]) {
                if (amounts.length > 1 || amounts.length == 1 && amounts[0] != 1) {
                    return false;
                }
            }
        }
        return true;
    }

    static Solution solve(Problem problem) {
        int movers = problem.movers();
        int rows = problem.rows().size();
        int sink = movers + rows;
        // Costs must not be negative; every unit passes exactly one edge of a machine, so one sum can be added to all
        // of those.
        double most =
                Arrays.stream(problem.values()).flatMapToDouble(Arrays::stream).reduce(0, Math::max);
        Graph<Integer, DefaultWeightedEdge> graph = new SimpleDirectedWeightedGraph<>(DefaultWeightedEdge.class);
        for (int node = 0; node <= sink; node++) {
            graph.addVertex(node);
        }
        int[][] bestOf = new int[movers][];
        for (int m = 0; m < movers; m++) {
            bestOf[m] = new int[rows + 1];
            Arrays.fill(bestOf[m], Problem.STAY);
            graph.setEdgeWeight(graph.addEdge(m, sink), most);
            for (int o = 0; o < problem.values()[m].length; o++) {
                int[] taken = problem.takes()[m][o];
                connect(graph, problem, m, o, taken.length == 0 ? sink : movers + taken[0], bestOf[m], movers, most);
            }
        }
        boolean[] used = new boolean[rows];
        Arrays.stream(problem.takes())
                .flatMap(Arrays::stream)
                .flatMapToInt(Arrays::stream)
                .forEach(row -> used[row] = true);
        for (int row = 0; row < rows; row++) {
            if (used[row]) {
                graph.addEdge(movers + row, sink);
                graph.setEdgeWeight(graph.getEdge(movers + row, sink), 0);
            }
        }
        Function<Integer, Integer> supply = node -> node < movers ? 1 : node == sink ? -movers : 0;
        Function<DefaultWeightedEdge, Integer> capacity = edge -> {
            int from = graph.getEdgeSource(edge);
            return from < movers ? 1 : places(problem, from - movers);
        };
        var flow = new CapacityScalingMinimumCostFlow<Integer, DefaultWeightedEdge>()
                .getMinimumCostFlow(new MinimumCostFlowProblemImpl<>(graph, supply, capacity));
        int[] choices = new int[movers];
        for (int m = 0; m < movers; m++) {
            choices[m] = Problem.STAY;
            for (DefaultWeightedEdge edge : graph.outgoingEdgesOf(m)) {
                if (flow.getFlow(edge) > 0.5) {
                    int to = graph.getEdgeTarget(edge);
                    choices[m] = bestOf[m][to == sink ? rows : to - movers];
                }
            }
        }
        return new Solution(choices, problem.value(choices));
    }

    /** Of several options that take the same, the best is enough. */
    private static void connect(
            Graph<Integer, DefaultWeightedEdge> graph,
            Problem problem,
            int mover,
            int option,
            int to,
            int[] best,
            int movers,
            double most) {
        int place = to - movers;
        boolean isFirst = best[place] == Problem.STAY && place < best.length - 1;
        double value = problem.value(mover, option);
        if (isFirst || value > problem.value(mover, best[place])) {
            DefaultWeightedEdge edge = graph.getEdge(mover, to);
            DefaultWeightedEdge mine = edge == null ? graph.addEdge(mover, to) : edge;
            graph.setEdgeWeight(mine, most - value);
            best[place] = option;
        }
    }

    private static int places(Problem problem, int row) {
        return (int) Math.min(
                Integer.MAX_VALUE / 2, Math.floor(problem.rows().get(row).limit() + Row.EPSILON));
    }
}
