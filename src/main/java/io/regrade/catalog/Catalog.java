package io.regrade.catalog;

import io.regrade.fact.Configuration;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All targets that are on offer, indexed so that a search does not look at each of them.
 *
 * <p>Immutable and safe to share between threads. What it builds for a set of qualities that was not asked for before
 * is kept for the next search, within a fixed bound of memory.
 *
 * <p>What a search costs: eight answers and all exclusions look at some 60 places among 200 targets and 110 among 20,000
 * of the shapes that clouds sell, a microsecond or two. In the worst case, tens of thousands of targets that each lack
 * a different resource and none of which surpasses another, each is looked at once for each constraint (0.3 ms at
 * 20,000); answers are the same.
 */
public final class Catalog {

    private static final Comparator<Target> BY_PRICE_THEN_ID =
            Comparator.comparingDouble(Target::priceUsdHour).thenComparing(Target::id);

    private final List<Target> targets;
    private final Map<String, Target> byId;
    private final Map<TypeKey, List<Target>> classes;
    private final Index index;
    private final SelectionCache selections;

    private record TypeKey(
            @Nullable String cloud,
            @Nullable String region,
            @Nullable String type) {}

    private Catalog(List<Target> targets, Map<String, Target> byId) {
        this.targets = targets;
        this.byId = byId;
        this.classes = new HashMap<>();
        for (Target target : targets) {
            if (target.kind() == Target.Kind.CLASS && target.type() != null) {
                classes.computeIfAbsent(
                                new TypeKey(target.cloud(), target.region(), target.type()), key -> new ArrayList<>(1))
                        .add(target);
            }
        }
        this.index = new Index(targets);
        this.selections = new SelectionCache(index, SelectionCache.DEFAULT_WEIGHT);
    }

    /**
     * Makes a catalogue of these targets.
     *
     * @throws IllegalArgumentException when two targets have the same id, or one resource comes in more than
     *     {@value Amounts#MOST_AMOUNTS} different amounts
     */
    public static Catalog of(Collection<Target> targets) {
        Map<String, Target> byId = new HashMap<>(targets.size() * 2);
        for (Target target : targets) {
            if (byId.put(target.id(), target) != null) {
                throw new IllegalArgumentException("the target `" + target.id() + "` is given twice");
            }
        }
        return new Catalog(targets.stream().sorted(BY_PRICE_THEN_ID).toList(), byId);
    }

    /** How many targets there are. */
    public int size() {
        return targets.size();
    }

    /** All targets, cheapest first, those without a price last, equal prices by id. */
    public List<Target> targets() {
        return targets;
    }

    /** The target with this id, or empty when there is none. */
    public Optional<Target> byId(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /**
     * The class that the machine is an instance of: same cloud, region and instance type; null when there is none.
     *
     * <p>Where that class is offered with several operating systems, one that runs the machine's is preferred.
     */
    public @Nullable Target currentClassOf(Vm vm) {
        if (vm.type() == null) {
            return null;
        }
        List<Target> same = classes.get(new TypeKey(vm.cloud(), vm.region(), vm.type()));
        if (same == null) {
            return null;
        }
        for (Target target : same) {
            if (vm.os() != null && target.os() != null && target.os().canRun(vm.os())) {
                return target;
            }
        }
        return same.get(0);
    }

    /**
     * Begins a search for the targets that support a configuration.
     *
     * <p>A target supports it when each least amount is met by a known amount, each quality is met for certain
     * ({@link io.regrade.fact.Requirement.Met#YES}), and at least one can still be had. Requirements of a library are
     * left aside: libraries are a matter of what is installed later. State least amounts in
     * {@link Configuration#minimum()} rather than among the qualities, whose combinations are each indexed anew.
     */
    public Search search(Configuration required) {
        List<Quality> qualities = Quality.of(required.qualities());
        return new Search(index, selections.get(qualities), required, qualities);
    }

    /**
     * What one target lacks of a configuration, in the order of {@link Search#exclusions}; nothing when it supports it,
     * in the sense of {@link #search}.
     */
    public static List<Constraint> missed(Configuration required, Target target) {
        List<Constraint> missed = new ArrayList<>();
        for (Quality quality : Quality.of(required.qualities())) {
            missed.add(new Constraint.Quality(quality.firstOf(required.qualities())));
        }
        missed.add(Constraint.Availability.ONE);
        for (Resource resource : Resource.values()) {
            if (required.minimum().knows(resource)) {
                missed.add(new Constraint.Floor(resource, required.minimum().of(resource)));
            }
        }
        missed.removeIf(constraint -> constraint.isMetBy(target));
        return List.copyOf(missed);
    }
}
