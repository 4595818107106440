package io.regrade.engine;

import io.regrade.catalog.Constraint;
import io.regrade.engine.Conclusions.From;
import io.regrade.engine.Examination.Missed;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asked for the constraints of a search. */
final class Origins {

    private static final Comparator<Missed> LARGEST_FIRST = Comparator.comparingDouble((Missed m) -> -m.amount())
            .thenComparing(Missed::rule)
            .thenComparing(Missed::source);

    private final List<From<Requirement>> requirements;
    private final @Nullable Demands demands;

    Origins(Conclusions concluded, @Nullable Demands demands) {
        this.requirements = concluded.requirements;
        this.demands = demands;
    }

    /** The rule that asks for it; the first by id when several do; the empty text when none does. */
    String ruleOf(Constraint constraint) {
        @Nullable String first = null;
        for (From<Requirement> one : requirements) {
            // The attribute first: texts are made when they are asked for.
            if (one.what().attribute() == constraint.attribute()
                    && (first == null || one.rule().compareTo(first) < 0)
                    && one.what().text().equals(constraint.text())) {
                first = one.rule();
            }
        }
        if (first != null) {
            return first;
        }
        return demands == null ? "" : demands.ruleOf(constraint.attribute());
    }

    /** Where it comes from, in words. */
    String sourceOf(Constraint constraint) {
        return constraint.source().isEmpty() && demands != null
                ? demands.sourceOf(constraint.attribute())
                : constraint.source();
    }

    /**
     * Everything that asks for a constraint that a target misses: first what the search went by, then whatever else asks
     * for it, or for less of it than this but more than the target offers.
     */
    List<Missed> all(Constraint constraint, Target target) {
        Missed first = new Missed(constraint, isStated(constraint), ruleOf(constraint), sourceOf(constraint));
        List<Missed> others = new ArrayList<>();
        for (From<Requirement> one : requirements) {
            Constraint asked = asked(one.what(), constraint);
            if (asked != null && !asked.isMetBy(target)) {
                Missed other = new Missed(asked, true, one.rule(), one.what().source());
                if (!other.equals(first) && !others.contains(other)) {
                    others.add(other);
                }
            }
        }
        others.sort(LARGEST_FIRST);
        others.add(0, first);
        return others;
    }

    private boolean isStated(Constraint constraint) {
        return constraint instanceof Constraint.Quality
                || (demands != null && demands.isRequired(constraint.attribute()));
    }

    /** A requirement as the constraint that it alone would be, null when it is about something else. */
    private static @Nullable Constraint asked(Requirement requirement, Constraint constraint) {
        if (constraint instanceof Constraint.Floor floor) {
            Resource resource = floor.resource();
            return requirement.attribute().resource() == resource && requirement.operator() == Requirement.Operator.GE
                    ? new Constraint.Floor(resource, requirement.amount())
                    : null;
        }
        return requirement.attribute() == constraint.attribute()
                        && requirement.text().equals(constraint.text())
                ? constraint
                : null;
    }
}
