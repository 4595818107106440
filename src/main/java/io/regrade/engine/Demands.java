package io.regrade.engine;

import io.regrade.engine.Conclusions.From;
import io.regrade.fact.Attribute;
import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.Demand;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds up requirements: the largest amount of each resource, and all other qualities. */
final class Demands {

    private static final Resource[] RESOURCES = Resource.values();
    private static final Comparator<Requirement> BY_TEXT = Comparator.comparing(Requirement::attribute)
            .thenComparing(Requirement::operator)
            .thenComparing(Requirement::value)
            .thenComparing(Requirement::source);

    private final Capacity have;
    private final Capacity stated;
    private final @Nullable Requirement[] largest = new Requirement[RESOURCES.length];
    private final String[] rules = new String[RESOURCES.length];

    /**
     * Adds up.
     *
     * @param have what the machine has as far as it is known, from its class too
     * @param stated what is said of the machine itself: of this, nothing is given up unless a requirement allows it
     */
    Demands(Capacity have, Capacity stated, List<From<Requirement>> requirements) {
        this.have = have;
        this.stated = stated;
        for (From<Requirement> one : requirements) {
            Resource resource = one.what().attribute().resource();
            if (resource != null && one.what().operator() == Requirement.Operator.GE) {
                Requirement before = largest[resource.ordinal()];
                if (before == null
                        || one.what().amount() > before.amount()
                        || (one.what().amount() == before.amount()
                                && comesFirst(one, before, rules[resource.ordinal()]))) {
                    largest[resource.ordinal()] = one.what();
                    rules[resource.ordinal()] = one.rule();
                }
            }
        }
    }

    /** Whether of two equal amounts this one is named, whichever was concluded first. */
    private static boolean comesFirst(From<Requirement> one, Requirement before, String rule) {
        int byText = BY_TEXT.compare(one.what(), before);
        return byText < 0 || (byText == 0 && one.rule().compareTo(rule) < 0);
    }

    /** One fact for each resource that somebody requires an amount of. */
    List<Demand> facts() {
        List<Demand> demands = new ArrayList<>(RESOURCES.length);
        for (Resource resource : RESOURCES) {
            Requirement requirement = largest[resource.ordinal()];
            if (requirement != null) {
                demands.add(new Demand(resource, have.of(resource), requirement.amount(), requirement.source()));
            }
        }
        return demands;
    }

    /** What a target must offer: of a resource that nobody requires an amount of, as much as there is now. */
    Configuration configuration(List<From<Requirement>> requirements) {
        double[] floor = new double[RESOURCES.length];
        for (Resource resource : RESOURCES) {
            Requirement requirement = largest[resource.ordinal()];
            double amount = requirement == null ? stated.of(resource) : requirement.amount();
            floor[resource.ordinal()] = amount > 0 ? amount : Double.NaN;
        }
        List<Requirement> qualities = new ArrayList<>();
        for (From<Requirement> one : requirements) {
            Requirement r = one.what();
            boolean leastAmount = r.attribute().resource() != null && r.operator() == Requirement.Operator.GE;
            if (!leastAmount && r.attribute() != Attribute.LIBRARY) {
                qualities.add(r);
            }
        }
        qualities.sort(BY_TEXT);
        return new Configuration(
                new Capacity(
                        floor[Resource.CPU.ordinal()],
                        floor[Resource.MEMORY.ordinal()],
                        floor[Resource.STORAGE.ordinal()],
                        floor[Resource.DISK_THROUGHPUT.ordinal()],
                        floor[Resource.DISK_IOPS.ordinal()],
                        floor[Resource.NETWORK.ordinal()],
                        floor[Resource.GPU.ordinal()]),
                qualities);
    }

    /** Who requires the amount of a resource that {@link #configuration} asks for. */
    String sourceOf(@Nullable Attribute attribute) {
        Resource resource = attribute == null ? null : attribute.resource();
        if (resource == null) {
            return "";
        }
        Requirement requirement = largest[resource.ordinal()];
        return requirement == null ? "what it has now: nothing is known that would allow less" : requirement.source();
    }

    /** Whether anybody requires an amount of it. */
    boolean isRequired(@Nullable Attribute attribute) {
        Resource resource = attribute == null ? null : attribute.resource();
        return resource != null && largest[resource.ordinal()] != null;
    }

    /** The rule that requires it, or the empty text when it was stated with the facts or is merely kept. */
    String ruleOf(@Nullable Attribute attribute) {
        Resource resource = attribute == null ? null : attribute.resource();
        return resource == null || largest[resource.ordinal()] == null ? "" : rules[resource.ordinal()];
    }
}
