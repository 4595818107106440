package io.regrade.catalog;

import io.regrade.fact.Attribute;
import io.regrade.fact.Requirement;
import java.util.ArrayList;
import java.util.List;

/** What a requirement asks for, without who asks: requirements of several sources share one selection. */
record Quality(Attribute attribute, Requirement.Operator operator, String value, double amount) {

    /** The distinct qualities of the requirements in their order, without libraries. */
    static List<Quality> of(List<Requirement> requirements) {
        if (requirements.isEmpty()) {
            return List.of();
        }
        List<Quality> qualities = new ArrayList<>(requirements.size());
        for (Requirement requirement : requirements) {
            Quality quality = of(requirement);
            if (quality.attribute != Attribute.LIBRARY && !qualities.contains(quality)) {
                qualities.add(quality);
            }
        }
        return qualities;
    }

    private static Quality of(Requirement requirement) {
        return new Quality(requirement.attribute(), requirement.operator(), requirement.value(), requirement.amount());
    }

    /** The first of the requirements that asks for this. */
    Requirement firstOf(List<Requirement> requirements) {
        for (Requirement requirement : requirements) {
            if (equals(of(requirement))) {
                return requirement;
            }
        }
        return asRequirement();
    }

    Requirement asRequirement() {
        return new Requirement(attribute, operator, value, amount, "");
    }
}
