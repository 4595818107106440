package io.regrade.catalog;

import io.regrade.fact.Attribute;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many targets one constraint rules out, and which of them come nearest.
 *
 * <p>A quality, and availability, is counted over the whole catalogue; a least amount over the targets that are
 * available and have all qualities, with those whose amount is unknown. Counts overlap: a target that is short of two
 * resources is counted under both.
 *
 * @param ruledOutBy the constraint
 * @param targets how many targets do not meet it, one or more
 * @param nearest targets that miss this constraint and no other; for a least amount those with most of it, for anything
 *     else the cheapest; two at most
 */
public record Exclusion(Constraint ruledOutBy, int targets, List<NearMiss> nearest) {

    /** Copies the list. */
    public Exclusion {
        nearest = List.copyOf(nearest);
    }

    /** What the constraint is about; null for availability, which is no property of a machine. */
    public @Nullable Attribute attribute() {
        return ruledOutBy.attribute();
    }

    /** The constraint as it is written, such as {@code memory_gib>=12.4}. */
    public String constraint() {
        return ruledOutBy.text();
    }

    /** Who states the constraint; empty for a least amount and for availability. */
    public String source() {
        return ruledOutBy.source();
    }
}
