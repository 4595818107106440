package io.regrade.backtest;

/**
 * What a recommender asks of a machine's place.
 *
 * @param vcpu processors; NaN when it cannot tell
 * @param memoryGib memory in GiB; NaN when it cannot tell
 */
public record Wanted(double vcpu, double memoryGib) {}
