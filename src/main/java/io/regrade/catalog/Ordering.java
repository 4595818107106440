package io.regrade.catalog;

import io.regrade.catalog.Amounts.Floors;
import java.util.Arrays;

/**
 * Some targets in a fixed order, with a tree of maxima over them that finds the next one meeting all floors.
 *
 * <p>The tree is implicit: eight neighbours share a node that holds the highest rank of each resource among them, eight
 * nodes share one above, and so on. A node that is too low in any resource is passed over with all below it. That is
 * exact for one floor (a few nodes a level for each target found). With several floors a node may promise what no
 * single target under it has; in the worst case, targets that each lack a different resource, all are visited, at a
 * few nanoseconds each.
 *
 * <p>Immutable, and safe to publish without synchronisation: all fields are final.
 */
final class Ordering {

    static final int NONE = -1;

    private static final int SHIFT = 3;
    private static final int WIDTH = 1 << SHIFT;

    private final long[] ranks;
    private final int[] targets;
    private final long[][] levels;

    /**
     * Builds the tree.
     *
     * @param ranks the ranks of all targets of the catalogue
     * @param targets the places of the ordered targets in the catalogue; kept, not copied
     */
    Ordering(long[] ranks, int[] targets) {
        this.ranks = ranks;
        this.targets = targets;
        int height = 0;
        for (int nodes = targets.length; nodes > WIDTH; nodes = above(nodes)) {
            height++;
        }
        this.levels = new long[height][];
        int below = targets.length;
        for (int level = 0; level < height; level++) {
            long[] nodes = new long[above(below) * Amounts.LONGS];
            for (int i = 0; i < below; i++) {
                Amounts.max(
                        nodes,
                        (i >> SHIFT) * Amounts.LONGS,
                        level == 0 ? ranks : levels[level - 1],
                        (level == 0 ? targets[i] : i) * Amounts.LONGS);
            }
            levels[level] = nodes;
            below = above(below);
        }
    }

    private static int above(int nodes) {
        return (nodes + WIDTH - 1) >> SHIFT;
    }

    int size() {
        return targets.length;
    }

    /** The place in the catalogue of the target at a position. */
    int target(int position) {
        return targets[position];
    }

    /** In an order by price, the position of a target, given its place in the catalogue. */
    int positionOf(int target) {
        return Arrays.binarySearch(targets, target);
    }

    /** The first position from the given one on whose target meets all floors, or {@link #NONE}. */
    int next(int from, Floors floors) {
        int level = 0;
        int at = from;
        long visited = 0;
        while ((at & (WIDTH - 1)) == 0 && level < levels.length) {
            at >>= SHIFT;
            level++;
        }
        // At the end of a level, its last group, and so every group above it, is done.
        while (at < nodes(level)) {
            visited++;
            if (level == 0 ? floors.metBy(ranks, targets[at] * Amounts.LONGS) : meets(level, at, floors)) {
                if (level == 0) {
                    floors.visited(visited);
                    return at;
                }
                level--;
                at <<= SHIFT;
            } else {
                at++;
                while ((at & (WIDTH - 1)) == 0 && level < levels.length) {
                    at >>= SHIFT;
                    level++;
                }
            }
        }
        floors.visited(visited);
        return NONE;
    }

    private boolean meets(int level, int node, Floors floors) {
        return floors.metBy(levels[level - 1], node * Amounts.LONGS);
    }

    private int nodes(int level) {
        return level == 0 ? targets.length : levels[level - 1].length / Amounts.LONGS;
    }

    /** In an order by falling amount of a resource, the first position whose rank is below the given one. */
    int firstBelow(int resource, int rank) {
        int low = 0;
        int high = targets.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Amounts.rank(ranks, targets[middle], resource) >= rank) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
