package io.regrade.backtest;

import java.time.Instant;
import java.util.List;

/**
 * How advice that was given at one moment turned out. Immutable.
 *
 * @param from the first sample of the fleet
 * @param decidedAt the moment of the decisions: nothing later was known to what decided
 * @param to the last sample
 * @param machines how many the fleet has
 * @param scored of how many something was measured before that moment and after it; only they are scored
 * @param scores the policy first, then what it is compared with
 * @param risks what came of the policy's moves, by the risk that was projected
 */
public record Report(
        Instant from,
        Instant decidedAt,
        Instant to,
        int machines,
        int scored,
        List<Score> scores,
        List<RiskBand> risks) {

    /** Copies the lists. */
    public Report {
        scores = List.copyOf(scores);
        risks = List.copyOf(risks);
    }
}
