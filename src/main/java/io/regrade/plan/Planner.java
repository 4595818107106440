package io.regrade.plan;

import io.regrade.fact.SharedLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Plans a fleet: at most one target for a machine, so that what all bring together is the most. Stateless. */
public final class Planner {

    private Planner() {}

    /**
     * The plan of a fleet; the same fleet always gets the same plan.
     *
     * @param movers all machines of the fleet, also those that stay: budgets and commitments count them
     * @param limits what they share
     */
    public static FleetPlan plan(List<Mover> movers, List<SharedLimit> limits, PlanSettings settings) {
        Problem problem = SharedRows.problem(movers, limits, settings);
        Solution solution = Solver.solve(problem);
        Usage usage = new Usage(problem);
        for (int m = 0; m < problem.movers(); m++) {
            usage.choose(m, solution.choices()[m]);
        }
        List<FleetPlan.Move> moves = new ArrayList<>();
        List<FleetPlan.Stay> staying = new ArrayList<>();
        double net = 0;
        double saving = 0;
        int unmet = 0;
        int met = 0;
        for (int m = 0; m < problem.movers(); m++) {
            Mover mover = movers.get(m);
            int choice = solution.choices()[m];
            if (choice != Problem.STAY) {
                Option option = mover.options().get(choice);
                moves.add(
                        new FleetPlan.Move(mover, option, choice + 1, choice == 0 ? null : instead(problem, usage, m)));
                net += option.netUsdMonth();
                saving += option.projection().isSavingKnown()
                        ? option.projection().savingUsdMonth()
                        : 0;
                met += mover.obliged() ? 1 : 0;
            } else if (!mover.options().isEmpty()) {
                staying.add(new FleetPlan.Stay(mover, instead(problem, usage, m)));
                unmet += mover.obliged() ? 1 : 0;
            }
        }
        Map<String, String> notes = new TreeMap<>();
        List<Wave> waves = Waves.of(moves, settings, notes);
        double bound = solution.bound() - met * settings.obligationUsdMonth();
        return new FleetPlan(moves, staying, waves, net, saving, Math.max(bound, net), unmet, notes);
    }

    /** What keeps a machine that moves from its first choice as things are, and one that stays from most of its choices. */
    private static FleetPlan.Instead instead(Problem problem, Usage usage, int mover) {
        boolean moves = usage.choices[mover] != Problem.STAY;
        Map<Integer, Integer> scarce = new TreeMap<>();
        for (int o = 0; o < (moves ? 1 : problem.values()[mover].length); o++) {
            for (int row : usage.scarce(mover, o)) {
                scarce.merge(row, 1, Integer::sum);
            }
        }
        double more = problem.value(mover, 0) - problem.value(mover, usage.choices[mover]);
        return scarce.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(entry -> problem.rows().get(entry.getKey()))
                .map(row -> new FleetPlan.Instead(row.name(), row.unit(), more))
                .orElseGet(() -> new FleetPlan.Instead("", "", more));
    }
}
