package io.regrade.engine;

import io.regrade.fact.Projection;

/**
 * A move that the rules would choose, were what they chose before not there.
 *
 * @param rule the rule that would choose it
 * @param why its sentence
 * @param projection what is expected there
 * @param netUsdMonth the worth of all that it brings, US dollars a month
 */
public record Alternative(String rule, String why, Projection projection, double netUsdMonth) {}
