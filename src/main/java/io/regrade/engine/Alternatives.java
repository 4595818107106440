package io.regrade.engine;

import io.regrade.decision.Decision;
import io.regrade.fact.Projection;
import java.util.List;

/**
 * A decision, and where the rules would move the machine, were the targets that they chose before not there.
 *
 * @param decision as the machine is decided for itself
 * @param ranked the chosen target first; empty unless the decision is to move to a target
 */
public record Alternatives(Decision decision, List<Alternative> ranked) {

    /** Copies the list. */
    public Alternatives {
        ranked = List.copyOf(ranked);
    }

    /**
     * A move that the rules would choose.
     *
     * @param rule the rule that would choose it
     * @param why its sentence
     * @param projection what is expected there
     * @param netUsdMonth the worth of all that it brings, US dollars a month
     */
    public record Alternative(String rule, String why, Projection projection, double netUsdMonth) {}
}
