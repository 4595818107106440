package io.regrade.catalog;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The selections of one catalogue that were asked for lately, bounded by what they weigh together.
 *
 * <p>Thread-safe. A hit takes no lock and writes nothing that other threads write at the same time, save once after
 * each miss. When the weight is exceeded, the selections that have not been asked for longest go; the newest stays
 * even if it alone is too heavy.
 */
final class SelectionCache {

    /** Places kept in all orders together: about 64 MB. */
    static final long DEFAULT_WEIGHT = 8_000_000;

    private final Index index;
    private final long mostWeight;
    private final Map<List<Quality>, Selection> selections = new ConcurrentHashMap<>();
    private final AtomicLong misses = new AtomicLong();

    SelectionCache(Index index, long mostWeight) {
        this.index = index;
        this.mostWeight = mostWeight;
    }

    Selection get(List<Quality> qualities) {
        Selection known = selections.get(qualities);
        if (known == null) {
            return make(List.copyOf(qualities));
        }
        long now = misses.get();
        if (known.lastUsed != now) {
            known.lastUsed = now;
        }
        return known;
    }

    private Selection make(List<Quality> qualities) {
        Selection made = selections.computeIfAbsent(qualities, key -> new Selection(index, key));
        made.lastUsed = misses.incrementAndGet();
        evict(made);
        return made;
    }

    private synchronized void evict(Selection newest) {
        long weight = weight();
        while (weight > mostWeight) {
            Map.Entry<List<Quality>, Selection> oldest = null;
            for (Map.Entry<List<Quality>, Selection> entry : selections.entrySet()) {
                if (entry.getValue() != newest
                        && (oldest == null || entry.getValue().lastUsed < oldest.getValue().lastUsed)) {
                    oldest = entry;
                }
            }
            if (oldest == null) {
                return;
            }
            selections.remove(oldest.getKey());
            weight -= oldest.getValue().weight();
        }
    }

    /** What all selections weigh together. */
    long weight() {
        return selections.values().stream().mapToLong(Selection::weight).sum();
    }

    int size() {
        return selections.size();
    }
}
