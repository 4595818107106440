package io.regrade.fact;

/**
 * A number that the policy sets for the environment of the machine being decided.
 *
 * @param name the parameter's name, such as {@code memory-headroom}
 * @param value its value
 * @param unit its unit, such as {@code share} or {@code USD/month}
 */
public record Limit(String name, double value, String unit) {}
