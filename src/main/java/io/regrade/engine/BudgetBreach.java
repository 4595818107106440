package io.regrade.engine;

import io.regrade.decision.Phase;
import io.regrade.policy.budget.BudgetExceeded.Kind;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An evaluation that was ended because it spent more than it may.
 *
 * @param kind what ran out
 * @param rules the ids of the rules that were at it; several share a condition, none when it cannot be told
 * @param phase the phase whose rules fired
 * @param limit what it was allowed, in words
 */
public record BudgetBreach(Kind kind, List<String> rules, Phase phase, String limit) {

    private static final Pattern MEASURED = Pattern.compile(
            "(rules? .*|the rules of phase `\\w+`) exceeded the (time budget|allocation budget|memory|depth).*");

    /** Copies the list. */
    public BudgetBreach {
        rules = List.copyOf(rules);
    }

    /** As a decision tells it: {@code rule `x` exceeded the time budget of 2000 ms in phase `needs`}. */
    public String sentence() {
        String end = " exceeded the " + limit;
        if (rules.isEmpty()) {
            return "the rules of phase `" + phase.key() + "`" + end;
        }
        return (rules.size() == 1 ? "rule " : "rules ")
                + rules.stream().map(rule -> "`" + rule + "`").collect(Collectors.joining(", ")) + end + " in phase `"
                + phase.key() + "`";
    }

    /**
     * Whether an error on a decision tells of a budget that is measured (time, memory), so that the same evaluation may
     * end otherwise on another day.
     */
    public static boolean isMeasured(String error) {
        return MEASURED.matcher(error).matches();
    }
}
