package io.regrade.fact;

/**
 * A new machine with exactly the required configuration, as the business model would price it.
 *
 * @param configuration what it must offer
 * @param priceUsdHour what it would cost, US dollars an hour; NaN when the business model has no rate for it
 * @param savingUsdMonth what is saved against today, US dollars a month; NaN when either side is unknown
 */
public record Instantiation(
        Configuration configuration,
        @MayBeUnknown double priceUsdHour,
        @MayBeUnknown double savingUsdMonth) {

    private static final double HOURS_A_MONTH = 730.0;

    /** Whether both what is paid today and what it would cost are known. */
    public boolean isSavingKnown() {
        return !Double.isNaN(savingUsdMonth);
    }

    /** What it would cost, US dollars a month; NaN when unknown. */
    @MayBeUnknown
    public double priceUsdMonth() {
        return priceUsdHour * HOURS_A_MONTH;
    }
}
