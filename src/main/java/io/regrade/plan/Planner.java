package io.regrade.plan;

import io.regrade.fact.SharedLimit;
import java.util.ArrayList;
import java.util.List;

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
        List<String> notes = new ArrayList<>();
        List<Wave> waves = Waves.of(moves, settings, notes);
        double bound = solution.bound() - met * settings.obligationUsdMonth();
        return new FleetPlan(moves, staying, waves, net, saving, Math.max(bound, net), unmet, notes);
    }

    /** What keeps a machine from its first choice as things are. */
    private static FleetPlan.Instead instead(Problem problem, Usage usage, int mover) {
        int row = usage.blocking(mover, 0);
        double more = problem.value(mover, 0) - problem.value(mover, usage.choices[mover]);
        if (row < 0) {
            return new FleetPlan.Instead("", "", more);
        }
        return new FleetPlan.Instead(
                problem.rows().get(row).name(), problem.rows().get(row).unit(), more);
    }
}
