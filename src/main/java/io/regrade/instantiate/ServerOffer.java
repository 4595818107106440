package io.regrade.instantiate;

import io.regrade.fact.Capacity;
import org.jspecify.annotations.Nullable;

/**
 * What a resource server can supply, as a whole or not at all.
 *
 * @param server the server's id
 * @param cloud its cloud, null when unknown
 * @param address where it is reached
 * @param supply what it can supply; NaN counts as nothing
 * @param priceUsdHour what that costs, US dollars an hour
 * @param availability the share of time it promises to be there, 0 to 1; NaN when it promises nothing
 */
public record ServerOffer(
        String server,
        @Nullable String cloud,
        String address,
        Capacity supply,
        double priceUsdHour,
        double availability) {

    /** Checks the price, by which offers are ordered. */
    public ServerOffer {
        if (!(priceUsdHour >= 0)) {
            throw new IllegalArgumentException("an offer's price must be zero or more, not `" + priceUsdHour + "`");
        }
    }
}
