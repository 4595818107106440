package io.regrade.policy.budget;

import java.time.Duration;

/**
 * What one evaluation may spend at most.
 *
 * @param time processor time; waiting for a processor, or for the garbage collector, does not count until
 *     both take twice as long
 * @param firings how often rules may fire
 * @param insertions how many facts rules may conclude
 * @param allocatedBytes memory it may allocate, also when it is given back at once; bytes
 */
public record BudgetLimits(Duration time, int firings, int insertions, long allocatedBytes) {

    /** Far above what any decision by the standard policy takes. */
    public static final BudgetLimits DEFAULT = new BudgetLimits(Duration.ofSeconds(5), 20_000, 20_000, 1L << 30);
}
