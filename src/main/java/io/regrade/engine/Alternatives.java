package io.regrade.engine;

import io.regrade.decision.Decision;
import java.util.List;

/**
 * A decision, and where the rules would move the machine, were what they chose before not there.
 *
 * @param decision as the machine is decided for itself
 * @param ranked the chosen target first; empty unless the decision is to move to a target
 */
public record Alternatives(Decision decision, List<Alternative> ranked) {

    /** Copies the list. */
    public Alternatives {
        ranked = List.copyOf(ranked);
    }
}
