package io.regrade.catalog;

import io.regrade.fact.Attribute;
import io.regrade.fact.Configuration;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

/** What a search should answer, found by looking at each target. */
final class Scan {

    private static final Comparator<Target> BY_PRICE_THEN_ID =
            Comparator.comparingDouble(Target::priceUsdHour).thenComparing(Target::id);

    private final List<Target> targets;
    private final Configuration required;

    Scan(List<Target> targets, Configuration required) {
        this.targets = targets;
        this.required = required;
    }

    List<Target> supporting() {
        return targets.stream()
                .filter(target ->
                        floorsMissed(target).isEmpty() && othersMissed(target).isEmpty())
                .sorted(BY_PRICE_THEN_ID)
                .toList();
    }

    /** Lines such as {@code arch=x86_64 rules out 3: a b}. */
    List<String> exclusions() {
        List<String> lines = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (Requirement quality : required.qualities()) {
            if (quality.attribute() != Attribute.LIBRARY && !others.contains(quality.text())) {
                others.add(quality.text());
            }
        }
        others.add("available>=1");
        for (String other : others) {
            add(
                    lines,
                    other,
                    targets.stream()
                            .filter(t -> othersMissed(t).contains(other))
                            .count(),
                    t -> othersMissed(t).equals(List.of(other))
                            && floorsMissed(t).isEmpty(),
                    BY_PRICE_THEN_ID);
        }
        for (Resource resource : Resource.values()) {
            Comparator<Target> mostFirst = Comparator.comparingDouble(t -> {
                double amount = t.capacity().of(resource);
                return Double.isNaN(amount) ? 1 : -amount;
            });
            add(
                    lines,
                    resource.key(),
                    targets.stream()
                            .filter(t ->
                                    othersMissed(t).isEmpty() && floorsMissed(t).contains(resource))
                            .count(),
                    t -> othersMissed(t).isEmpty() && floorsMissed(t).equals(List.of(resource)),
                    mostFirst.thenComparing(BY_PRICE_THEN_ID));
        }
        return lines;
    }

    static List<String> lines(List<Exclusion> exclusions) {
        return exclusions.stream()
                .map(exclusion -> line(
                        exclusion.ruledOutBy() instanceof Constraint.Floor floor
                                ? floor.resource().key()
                                : exclusion.constraint(),
                        exclusion.targets(),
                        exclusion.nearest().stream().map(NearMiss::target).toList()))
                .toList();
    }

    private void add(
            List<String> lines, String constraint, long count, Predicate<Target> near, Comparator<Target> order) {
        if (count > 0) {
            lines.add(line(
                    constraint,
                    count,
                    targets.stream().filter(near).sorted(order).limit(2).toList()));
        }
    }

    private static String line(String constraint, long count, List<Target> nearest) {
        return constraint + " rules out " + count + ": "
                + String.join(" ", nearest.stream().map(Target::id).toList());
    }

    private List<Resource> floorsMissed(Target target) {
        List<Resource> missed = new ArrayList<>();
        for (Resource resource : Resource.values()) {
            double floor = required.minimum().of(resource);
            if (!Double.isNaN(floor) && !(target.capacity().of(resource) >= floor)) {
                missed.add(resource);
            }
        }
        return missed;
    }

    private List<String> othersMissed(Target target) {
        List<String> missed = new ArrayList<>();
        for (Requirement quality : required.qualities()) {
            if (quality.attribute() != Attribute.LIBRARY
                    && quality.metBy(target) != Requirement.Met.YES
                    && !missed.contains(quality.text())) {
                missed.add(quality.text());
            }
        }
        if (!target.isAvailable()) {
            missed.add("available>=1");
        }
        return missed;
    }
}
