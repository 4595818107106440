package io.regrade.intake.manifest.found;

import io.regrade.fact.Attribute;
import io.regrade.fact.MayBeUnknown;
import io.regrade.fact.Numbers;
import io.regrade.fact.Resource;

/**
 * What a manifest says that a machine has: how it was ordered, not what its software needs.
 *
 * @param system the machine's name in the manifest, empty when it has none
 * @param attribute what is said of it
 * @param value the value as text
 * @param amount the amount in the attribute's unit, NaN when it is no quantity
 * @param place where it says so
 */
public record Declaration(
        String system,
        Attribute attribute,
        String value,
        @MayBeUnknown double amount,
        Place place) {

    /** An amount of a resource, in its unit. */
    public static Declaration amount(String system, Resource resource, double amount, Place place) {
        return new Declaration(system, Attribute.of(resource), Numbers.show(amount), amount, place);
    }

    /** Anything that is no quantity. */
    public static Declaration text(String system, Attribute attribute, String value, Place place) {
        return new Declaration(system, attribute, value, Double.NaN, place);
    }
}
