package io.regrade.intake.manifest.found;

import io.regrade.fact.Requirement;

/**
 * Something that software needs, and where it says so.
 *
 * @param requirement what it needs; its source names the module
 * @param place where it was found
 */
public record FoundRequirement(Requirement requirement, Place place) {

    /** The requirement as a fact, whose source tells the place too. */
    public Requirement fact() {
        return new Requirement(
                requirement.attribute(),
                requirement.operator(),
                requirement.value(),
                requirement.amount(),
                requirement.source() + " (" + place + ")");
    }
}
