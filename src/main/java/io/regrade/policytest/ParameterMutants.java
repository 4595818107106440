package io.regrade.policytest;

import io.regrade.fact.Limit;
import io.regrade.fact.Numbers;
import io.regrade.policy.LimitCell;
import io.regrade.policy.LimitsTable;
import io.regrade.policy.Parameter;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import io.regrade.policy.RuleSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Changes of a policy's numbers: each default, and each value of the limits table, a little up and down, and to either
 * of its bounds.
 */
final class ParameterMutants {

    /** A nudge is so much of the value, */
    private static final double NUDGE = 0.05;
    /** or so much of the range where the value is zero. */
    private static final double OF_RANGE = 0.01;
    /** Whole numbers with a range like this, such as counts and days, are nudged by one at least. */
    private static final double LEAST_RANGE_OF_COUNTS = 10;

    private final PolicyBundle policy;
    private final LimitsTable table;

    ParameterMutants(PolicyBundle policy) {
        this.policy = policy;
        this.table = LimitsTable.of(policy);
    }

    /** All of them, in the order of the files. */
    List<Trial> all() {
        List<Trial> trials = new ArrayList<>();
        for (Parameter parameter : policy.parameters()) {
            for (double value : others(parameter, parameter.defaultValue())) {
                String change = "`" + parameter.name() + "` " + Numbers.show(parameter.defaultValue()) + " → "
                        + Numbers.show(value);
                Mutant mutant = new Mutant(
                        Mutant.Kind.PARAMETER, parameter.name(), parameter.file(), parameter.line(), 0, change);
                add(trials, mutant, parameter, table.withDefault(parameter, value));
            }
        }
        for (LimitCell cell : table.cells()) {
            for (double value : others(cell.parameter(), cell.value())) {
                String change = "`" + cell.parameter().name() + "` for `" + cell.environment() + "`, cell "
                        + cell.cell().name() + ": " + Numbers.show(cell.value()) + " → " + Numbers.show(value);
                Mutant mutant = new Mutant(
                        Mutant.Kind.LIMIT,
                        cell.parameter().name(),
                        PolicyReader.LIMITS,
                        cell.cell().line(),
                        cell.cell().column(),
                        change);
                add(trials, mutant, cell.parameter(), table.with(cell, value));
            }
        }
        return trials;
    }

    private void add(List<Trial> trials, Mutant mutant, Parameter parameter, LimitsTable changed) {
        Map<String, List<Limit>> limits = new HashMap<>();
        changed.limits().forEach((environment, values) -> {
            if (!values.equals(policy.limitsFor(environment))) {
                limits.put(environment, values);
            }
        });
        List<String> rules = policy.rules().stream()
                .filter(rule -> rule.parameters().contains(parameter.name()))
                .map(RuleSource::id)
                .toList();
        trials.add(new Trial(mutant, limits, rules));
    }

    /** The values that a parameter is tried with instead. */
    static List<Double> others(Parameter parameter, double value) {
        double range = parameter.max() - parameter.min();
        double step = value == 0 ? range * OF_RANGE : Math.abs(value) * NUDGE;
        boolean counts = value == Math.rint(value)
                && parameter.min() == Math.rint(parameter.min())
                && parameter.max() == Math.rint(parameter.max())
                && range >= LEAST_RANGE_OF_COUNTS;
        if (counts) {
            step = Math.max(1, Math.rint(step));
        }
        TreeSet<Double> others = new TreeSet<>();
        for (double other : new double[] {parameter.min(), value - step, value + step, parameter.max()}) {
            if (other != value && other >= parameter.min() && other <= parameter.max()) {
                others.add(other);
            }
        }
        return List.copyOf(others);
    }
}
