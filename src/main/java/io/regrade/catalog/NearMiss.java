package io.regrade.catalog;

import io.regrade.fact.Target;

/**
 * A target that would support the configuration but for one constraint.
 *
 * @param target the target
 * @param missed the constraint that it does not meet
 */
public record NearMiss(Target target, Constraint missed) {

    /** By how much it misses, in {@link #unit()}; NaN when its amount is unknown or the constraint is no quantity. */
    public double shortBy() {
        return missed.shortBy(target);
    }

    /** The unit of what is missing, empty when it is no quantity. */
    public String unit() {
        return missed.unit();
    }

    /** The sentence, such as {@code needs 12.4 GiB, has 8, short 4.4}. */
    public String why() {
        return missed.why(target);
    }
}
