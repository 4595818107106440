package io.regrade.catalog;

import io.regrade.fact.Resource;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The available targets that have a set of qualities, ready to be searched for amounts, and what rules out the others.
 *
 * <p>Built once for a set of qualities, in time linear in the size of the catalogue. Thread-safe: orders by amount are
 * made when they are first asked for, and two threads that make one at the same time make the same.
 */
final class Selection {

    /** So many answers are found in a part of the targets; only further ones need all. */
    static final int FIRST = 8;

    /** How many near misses are named for each constraint. */
    static final int NEAREST = 2;

    private final Index index;
    private final BitSet selected;
    private final int[] lacking;
    private final Ordering byPrice;
    private final Ordering cheapest;
    private final Ordering[] lackingOnly;
    private final AtomicReferenceArray<Ordering> byAmount = new AtomicReferenceArray<>(Resource.values().length);
    private final int weight;

    /** When it was last asked for, in the cache's count of misses; written without locking, for recency is a hint. */
    volatile long lastUsed;

    Selection(Index index, List<Quality> qualities) {
        this.index = index;
        int constraints = qualities.size() + 1;
        lacking = new int[constraints];
        BitSet any = new BitSet(index.size());
        BitSet several = new BitSet(index.size());
        BitSet[] lacks = new BitSet[constraints];
        for (int c = 0; c < constraints; c++) {
            BitSet these = c < qualities.size() ? index.lacking(qualities.get(c)) : index.unavailable();
            lacks[c] = these;
            lacking[c] = these.cardinality();
            BitSet again = (BitSet) any.clone();
            again.and(these);
            several.or(again);
            any.or(these);
        }
        selected = new BitSet(index.size());
        selected.set(0, index.size());
        selected.andNot(any);
        int[] places = selected.stream().toArray();
        byPrice = ordering(places);
        cheapest = first(FIRST, places);
        int kept = byPrice.size() * (1 + Resource.values().length) + cheapest.size();
        lackingOnly = new Ordering[constraints];
        for (int c = 0; c < constraints; c++) {
            lacks[c].andNot(several);
            lackingOnly[c] = first(NEAREST, lacks[c].stream().toArray());
            kept += lackingOnly[c].size();
        }
        weight = kept + index.size() / Integer.SIZE;
    }

    private Ordering ordering(int[] places) {
        return new Ordering(index.amounts().packed(), places);
    }

    private Ordering first(int k, int[] places) {
        return ordering(Skyband.of(index.amounts().packed(), places, k));
    }

    /** The selected targets by price. */
    Ordering byPrice() {
        return byPrice;
    }

    /** Of {@link #byPrice}, at least those that can be among the first {@value #FIRST} answers to any question. */
    Ordering cheapest() {
        return cheapest;
    }

    /** The selected targets by falling amount of a resource, then price. */
    Ordering byAmount(int resource) {
        Ordering known = byAmount.get(resource);
        if (known == null) {
            int[] places = Arrays.stream(index.byAmount(resource))
                    .filter(selected::get)
                    .toArray();
            known = ordering(places);
            byAmount.set(resource, known);
        }
        return known;
    }

    /** How many targets of the catalogue lack a quality; the number after the last quality is availability's. */
    int lacking(int quality) {
        return lacking[quality];
    }

    /**
     * Of the targets that lack this quality and nothing else, by price, at least those that can be among the first
     * {@value #NEAREST} answers to any question.
     */
    Ordering lackingOnly(int quality) {
        return lackingOnly[quality];
    }

    /** How many places all its orders hold once they are made, about eight bytes each. */
    int weight() {
        return weight;
    }
}
