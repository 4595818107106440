package io.regrade.catalog;

import io.regrade.catalog.Amounts.Floors;
import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search of a catalogue: the supporting targets a few at a time, and why the others are none.
 *
 * <p>Not thread-safe; begin one for each question.
 */
public final class Search {

    private static final Resource[] RESOURCES = Resource.values();

    private final Index index;
    private final Selection selection;
    private final Configuration required;
    private final List<Quality> qualities;
    private final Floors floors;
    private int position;
    private int found;
    private boolean beyondFirst;
    private @Nullable List<Exclusion> exclusions;
    private long visitedForExclusions;

    Search(Index index, Selection selection, Configuration required, List<Quality> qualities) {
        this.index = index;
        this.selection = selection;
        this.required = required;
        this.qualities = qualities;
        this.floors = index.amounts().floors(required.minimum());
    }

    /** How many targets are available and have all qualities, whatever amounts they offer. */
    public int selected() {
        return selection.byPrice().size();
    }

    /**
     * The next supporting targets, cheapest first, equal prices by id; fewer than asked for when there are no more.
     *
     * @param k how many at most
     */
    public List<Target> next(int k) {
        List<Target> targets = new ArrayList<>(Math.min(Math.max(k, 0), 16));
        if (!beyondFirst) {
            position = collect(selection.cheapest(), position, floors, Math.min(k, Selection.FIRST - found), targets);
            found += targets.size();
            if (found < Selection.FIRST || targets.size() == k) {
                return targets;
            }
            beyondFirst = true;
            position = selection.byPrice().positionOf(selection.cheapest().target(position - 1)) + 1;
        }
        position = collect(selection.byPrice(), position, floors, k, targets);
        return targets;
    }

    private int collect(Ordering ordering, int from, Floors least, int k, List<Target> found) {
        int at = from;
        while (found.size() < k && at < ordering.size()) {
            int hit = ordering.next(at, least);
            if (hit == Ordering.NONE) {
                return ordering.size();
            }
            found.add(index.target(ordering.target(hit)));
            at = hit + 1;
        }
        return at;
    }

    /**
     * What rules out targets: the qualities in their order, then availability, then least amounts in the order of
     * {@link Resource}; constraints that rule out none are left out. See {@link Exclusion} for what is counted.
     */
    public List<Exclusion> exclusions() {
        if (exclusions == null) {
            exclusions = findExclusions();
        }
        return exclusions;
    }

    private List<Exclusion> findExclusions() {
        List<Exclusion> found = new ArrayList<>();
        for (int q = 0; q <= qualities.size(); q++) {
            if (selection.lacking(q) > 0) {
                Constraint constraint = q < qualities.size()
                        ? new Constraint.Quality(qualities.get(q).firstOf(required.qualities()))
                        : Constraint.Availability.ONE;
                found.add(new Exclusion(
                        constraint, selection.lacking(q), nearest(selection.lackingOnly(q), 0, floors, constraint)));
            }
        }
        Capacity minimum = required.minimum();
        for (int r = 0; r < RESOURCES.length; r++) {
            int rank = floors.of(r);
            if (rank > 0) {
                Ordering falling = selection.byAmount(r);
                int below = falling.firstBelow(r, rank);
                if (below < falling.size()) {
                    Constraint floor = new Constraint.Floor(RESOURCES[r], minimum.of(RESOURCES[r]));
                    Floors others = floors.without(r);
                    found.add(new Exclusion(floor, falling.size() - below, nearest(falling, below, others, floor)));
                    visitedForExclusions += others.visited();
                }
            }
        }
        return List.copyOf(found);
    }

    private List<NearMiss> nearest(Ordering ordering, int from, Floors least, Constraint missed) {
        List<NearMiss> nearest = new ArrayList<>(Selection.NEAREST);
        List<Target> targets = new ArrayList<>(Selection.NEAREST);
        collect(ordering, from, least, Selection.NEAREST, targets);
        for (Target target : targets) {
            nearest.add(new NearMiss(target, missed));
        }
        return nearest;
    }

    /** How many targets and tree nodes were looked at so far. */
    long visited() {
        return floors.visited() + visitedForExclusions;
    }
}
