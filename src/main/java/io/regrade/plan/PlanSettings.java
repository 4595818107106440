package io.regrade.plan;

/**
 * How careful a plan is.
 *
 * @param obligationUsdMonth what it is worth that a machine which must change does so, US dollars a month
 * @param most moves in all
 * @param wave moves in a wave
 * @param canary moves in the first wave, before all others
 */
public record PlanSettings(double obligationUsdMonth, int most, int wave, int canary) {

    /** A wave of 20 after a canary of three, and an obligation above anything that a machine saves. */
    public static final PlanSettings DEFAULT = new PlanSettings(10_000, Integer.MAX_VALUE, 20, 3);

    /** Checks that there can be moves. */
    public PlanSettings {
        if (!(obligationUsdMonth >= 0) || Double.isInfinite(obligationUsdMonth) || most < 0 || wave < 1 || canary < 0) {
            throw new IllegalArgumentException(
                    "a plan needs waves of at least one move, and amounts that are not negative");
        }
    }
}
