package io.regrade.config;

/**
 * What one evaluation by rules may spend.
 *
 * @param timeMs processor time, milliseconds
 * @param firings how often rules may fire
 * @param insertions how many facts rules may conclude
 * @param allocationMib memory it may allocate, also when it is given back at once, MiB
 */
public record BudgetConfig(int timeMs, int firings, int insertions, int allocationMib) {}
