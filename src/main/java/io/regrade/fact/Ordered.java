package io.regrade.fact;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Immutable copies in natural order, so that equal facts are listed, hashed and printed alike. */
final class Ordered {

    private Ordered() {}

    static Set<String> copy(Set<String> set) {
        if (set.isEmpty()) {
            return Set.of();
        }
        SortedSet<String> sorted = new TreeSet<>(set);
        return Collections.unmodifiableSortedSet(sorted);
    }

    static Map<String, String> copy(Map<String, String> map) {
        if (map.isEmpty()) {
            return Map.of();
        }
        SortedMap<String, String> sorted = new TreeMap<>(map);
        return Collections.unmodifiableSortedMap(sorted);
    }
}
