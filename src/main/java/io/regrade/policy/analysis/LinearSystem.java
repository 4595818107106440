package io.regrade.policy.analysis;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Linear inequalities over real variables, and whether all of them can hold. Variables are eliminated one by one, after
 * Fourier and Motzkin, which is exact for reals; where that grows too large, nothing is claimed. Not thread-safe.
 */
final class LinearSystem {

    /** An inequality: {@code sum < 0}, or {@code sum <= 0}. */
    record Inequality(Linear sum, boolean strict) {}

    /** Whether everything can hold at once. */
    enum Answer {
        YES,
        NO,
        UNKNOWN
    }

    private static final int MOST = 3_000;
    private static final double ROUNDING = 1e-9;

    private final List<Inequality> all = new ArrayList<>();

    LinearSystem() {}

    LinearSystem(LinearSystem other) {
        all.addAll(other.all);
    }

    /** Adds {@code left operator right}; {@code !=} adds nothing, for it excludes a single point. */
    void add(Linear left, String operator, Linear right) {
        Linear difference = left.plus(right, -1);
        Linear reversed = difference.times(-1);
        switch (operator) {
            case "<" -> all.add(new Inequality(difference, true));
            case "<=" -> all.add(new Inequality(difference, false));
            case ">" -> all.add(new Inequality(reversed, true));
            case ">=" -> all.add(new Inequality(reversed, false));
            case "==" -> {
                all.add(new Inequality(difference, false));
                all.add(new Inequality(reversed, false));
            }
            default -> {}
        }
    }

    Answer canHold() {
        Optional<List<List<Inequality>>> steps = eliminate(variables());
        return steps.isEmpty() ? Answer.UNKNOWN : contradicts(last(steps.get())) ? Answer.NO : Answer.YES;
    }

    /** Whether an inequality holds wherever all of these do: its contrary cannot hold with them. */
    boolean implies(Linear left, String operator, Linear right) {
        return switch (operator) {
            case "<" -> excludes(left, ">=", right);
            case "<=" -> excludes(left, ">", right);
            case ">" -> excludes(left, "<=", right);
            case ">=" -> excludes(left, "<", right);
            case "==" -> excludes(left, "<", right) && excludes(left, ">", right);
            default -> false;
        };
    }

    private boolean excludes(Linear left, String operator, Linear right) {
        LinearSystem with = new LinearSystem(this);
        with.add(left, operator, right);
        return with.canHold() == Answer.NO;
    }

    /** Values for which everything holds, or nothing when there are none or none is found. */
    Optional<Map<String, Double>> example() {
        List<String> variables = variables();
        Optional<List<List<Inequality>>> steps = eliminate(variables);
        if (steps.isEmpty() || contradicts(last(steps.get()))) {
            return Optional.empty();
        }
        Map<String, Double> values = new HashMap<>();
        for (int i = variables.size() - 1; i >= 0; i--) {
            values.put(variables.get(i), between(steps.get().get(i), variables.get(i), values));
        }
        return all.stream().allMatch(one -> holds(one, values)) ? Optional.of(values) : Optional.empty();
    }

    private static boolean holds(Inequality one, Map<String, Double> values) {
        double sum = one.sum.at(values);
        return one.strict ? sum < 0 : sum <= ROUNDING;
    }

    private List<String> variables() {
        Set<String> variables = new LinkedHashSet<>();
        all.forEach(one -> variables.addAll(one.sum.factors().keySet()));
        return List.copyOf(variables);
    }

    private static List<Inequality> last(List<List<Inequality>> steps) {
        return steps.get(steps.size() - 1);
    }

    private static boolean contradicts(List<Inequality> constants) {
        return constants.stream().anyMatch(one -> one.strict ? one.sum.constant() >= 0 : one.sum.constant() > ROUNDING);
    }

    /** The inequalities before each variable is eliminated, and those that are left at the end; nothing when too many. */
    private Optional<List<List<Inequality>>> eliminate(List<String> variables) {
        List<List<Inequality>> steps = new ArrayList<>();
        List<Inequality> current = all;
        steps.add(current);
        for (String variable : variables) {
            Set<Inequality> next = new LinkedHashSet<>();
            for (Inequality upper : current) {
                double factor = upper.sum.factor(variable);
                if (factor == 0) {
                    next.add(upper);
                } else if (factor > 0) {
                    for (Inequality lower : current) {
                        double other = lower.sum.factor(variable);
                        if (other < 0) {
                            Linear sum = upper.sum.times(1 / factor).plus(lower.sum, 1 / -other);
                            next.add(new Inequality(without(sum, variable), upper.strict || lower.strict));
                        }
                    }
                }
            }
            if (next.size() > MOST) {
                return Optional.empty();
            }
            current = List.copyOf(next);
            steps.add(current);
        }
        return Optional.of(steps);
    }

    /** Rounding may leave a trace of what was eliminated. */
    private static Linear without(Linear sum, String variable) {
        return sum.plus(Linear.of(variable), -sum.factor(variable));
    }

    private static double between(List<Inequality> inequalities, String variable, Map<String, Double> values) {
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        for (Inequality one : inequalities) {
            double factor = one.sum.factor(variable);
            if (factor != 0) {
                double bound = -without(one.sum, variable).at(values) / factor;
                if (factor > 0) {
                    most = Math.min(most, bound);
                } else {
                    least = Math.max(least, bound);
                }
            }
        }
        if (Double.isInfinite(least) && Double.isInfinite(most)) {
            return 0;
        }
        return Double.isInfinite(least) ? most - 1 : Double.isInfinite(most) ? least + 1 : (least + most) / 2;
    }
}
