package io.regrade.plan;

import io.regrade.fact.Projection;
import io.regrade.fact.Target;

/**
 * A move that the rules would choose for a machine, were the better ones not there.
 *
 * @param rule the rule that would choose it
 * @param why its sentence
 * @param projection what is expected there
 * @param netUsdMonth the worth of all that it brings, US dollars a month, by the rules
 */
public record Option(String rule, String why, Projection projection, double netUsdMonth) {

    /** Where to. */
    public Target target() {
        return projection.target();
    }
}
