package io.regrade.fact;

/**
 * A target that no rule ruled out, with all its benefits added up.
 *
 * @param projection what would be seen there
 * @param netUsdMonth the worth of all its benefits, US dollars a month
 * @param rank its place among all candidates, 0 first: by net benefit, then price, then id
 */
public record Candidate(Projection projection, double netUsdMonth, int rank) {

    public Target target() {
        return projection.target();
    }

    /** The risk of the move, 0 to 4. */
    public double risk() {
        return projection.risk();
    }

    /** Whether what is saved is known. */
    public boolean isSavingKnown() {
        return projection.isSavingKnown();
    }

    /** What is saved, US dollars a month; NaN when unknown. */
    @MayBeUnknown
    public double savingUsdMonth() {
        return projection.savingUsdMonth();
    }
}
