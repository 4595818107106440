package io.regrade.instantiate;

import io.regrade.fact.Capacity;
import java.util.List;

/**
 * Servers that together supply what a machine needs.
 *
 * @param parts which server supplies what of it
 * @param usdHour what they cost together, US dollars an hour
 * @param boundUsdHour no set that covers costs less, US dollars an hour
 * @param exact whether none is cheaper
 */
public record Cover(List<Part> parts, double usdHour, double boundUsdHour, boolean exact) {

    /** Copies the list. */
    public Cover {
        parts = List.copyOf(parts);
    }

    /**
     * What one server supplies.
     *
     * @param share what of its supply the machine takes
     */
    public record Part(ServerOffer offer, Capacity share) {}

    /** The share of time in which all servers are there, when they fail each for itself; NaN when one promises nothing. */
    public double availability() {
        return parts.stream().mapToDouble(part -> part.offer().availability()).reduce(1, (a, b) -> a * b);
    }
}
