package io.regrade.pipeline.impact;

import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import org.jspecify.annotations.Nullable;

/**
 * One machine as both policies decide it.
 *
 * @param at its place among all machines, from 0
 * @param past the id of the past decision that the facts are of, null when they are of today
 * @param active what the active policy decides
 * @param draft what the draft decides
 * @param change how they differ
 */
public record Comparison(long at, @Nullable String past, Decision active, Decision draft, Change change) {

    /** Compares two decisions about one machine. */
    static Comparison of(long at, @Nullable String past, Decision active, Decision draft) {
        return new Comparison(at, past, active, draft, active == draft ? Change.NONE : Change.between(active, draft));
    }

    /** What the draft saves more, US dollars a month; NaN when either saving is unknown. */
    public double savingDifference() {
        return draft.savingUsdMonth() - active.savingUsdMonth();
    }

    /** How much more risk the draft takes, from -4 to 4; NaN when either is unknown. */
    public double riskDifference() {
        return takenRisk(draft) - takenRisk(active);
    }

    /**
     * The risk that the advice takes on: 0 when the machine stays as it is, since nothing is changed then; NaN when a
     * machine is to be made that no target stands for.
     */
    static double takenRisk(Decision decision) {
        boolean stays = decision.action() == Action.KEEP || decision.action() == Action.INSUFFICIENT_DATA;
        return stays ? 0 : decision.risk();
    }
}
