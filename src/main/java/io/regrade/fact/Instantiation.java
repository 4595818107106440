package io.regrade.fact;

/**
 * A new machine with exactly the required configuration, as the business model would price it.
 *
 * @param configuration what it must offer
 * @param priceUsdHour what it would cost, US dollars an hour; NaN when the business model has no rate for it
 * @param savingUsdMonth what is saved against today, US dollars a month; NaN when either side is unknown
 */
public record Instantiation(Configuration configuration, double priceUsdHour, double savingUsdMonth) {}
