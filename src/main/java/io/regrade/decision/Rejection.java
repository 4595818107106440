package io.regrade.decision;

import io.regrade.fact.Target;

/**
 * Why one target was not chosen.
 *
 * @param target the target
 * @param rule the rule that ruled it out, or that stated the constraint; empty when none did
 * @param constraint the constraint it misses, such as {@code memory_gib>=12.4}; empty when a rule judged it
 * @param why the sentence that explains it
 * @param shortBy by how much it misses, in {@code unit}; NaN when that is no quantity
 * @param unit the unit of {@code shortBy}, empty when there is none
 */
public record Rejection(Target target, String rule, String constraint, String why, double shortBy, String unit) {}
