package io.regrade.fact;

import java.util.List;

/**
 * What a machine must offer: the least of each resource, and qualities such as architecture or features.
 *
 * @param minimum the least of each resource; NaN where nothing is required
 * @param qualities requirements that are not a least amount, in a fixed order
 */
public record Configuration(Capacity minimum, List<Requirement> qualities) {

    /** Copies the list. */
    public Configuration {
        qualities = List.copyOf(qualities);
    }
}
