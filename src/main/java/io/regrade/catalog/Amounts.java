package io.regrade.catalog;

import io.regrade.fact.Capacity;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import java.util.Arrays;
import java.util.List;

/**
 * What all targets of a catalogue offer, as ranks that are compared three at a time.
 *
 * <p>Each amount is replaced by its rank among the different amounts of that resource, from 1; 0 stands for an unknown
 * amount, and for "nothing required" in a query, so that an unknown amount meets no floor but is no obstacle where
 * there is none. Three ranks of {@value #BITS} bits share a {@code long}, each below a guard bit: with all guard bits
 * set, one subtraction tells whether every rank is at least the required one, because a guard bit is borrowed from
 * exactly where it is not (Lamport, "Multiple byte processing with full-word instructions", 1975).
 */
final class Amounts {

    /** How many longs hold the ranks of one target. */
    static final int LONGS = 3;

    static final int MOST_AMOUNTS = 1_000_000;

    private static final int BITS = 20;
    private static final int LANE = BITS + 1;
    private static final int LANES = 3;
    private static final long RANK = (1L << BITS) - 1;
    private static final long GUARDS = 1L << BITS | 1L << (BITS + LANE) | 1L << (BITS + 2 * LANE);
    private static final Resource[] RESOURCES = Resource.values();

    private final double[][] distinct = new double[RESOURCES.length][];
    private final long[] packed;

    Amounts(List<Target> targets) {
        packed = new long[targets.size() * LONGS];
        for (Resource resource : RESOURCES) {
            double[] amounts = distinct(targets, resource);
            if (amounts.length > MOST_AMOUNTS) {
                throw new IllegalArgumentException("the targets have " + amounts.length + " different amounts of `"
                        + resource.key() + "`, the most are " + MOST_AMOUNTS);
            }
            distinct[resource.ordinal()] = amounts;
            for (int i = 0; i < targets.size(); i++) {
                double amount = targets.get(i).capacity().of(resource);
                if (!Double.isNaN(amount)) {
                    int at = i * LONGS + resource.ordinal() / LANES;
                    packed[at] |= rankOfFirstNotBelow(amounts, amount) << shift(resource.ordinal());
                }
            }
        }
    }

    private static double[] distinct(List<Target> targets, Resource resource) {
        return targets.stream()
                .mapToDouble(target -> target.capacity().of(resource) + 0.0) // -0.0 becomes 0.0
                .filter(amount -> !Double.isNaN(amount))
                .sorted()
                .distinct()
                .toArray();
    }

    private static long rankOfFirstNotBelow(double[] amounts, double amount) {
        int i = Arrays.binarySearch(amounts, amount + 0.0);
        return 1 + (i >= 0 ? i : -i - 1);
    }

    private static int shift(int resource) {
        return resource % LANES * LANE;
    }

    /** The ranks of all targets, {@value #LONGS} longs each, in the order of the targets. */
    long[] packed() {
        return packed;
    }

    /** The rank of one target's amount, 0 when it is unknown. */
    int rank(int target, int resource) {
        return rank(packed, target, resource);
    }

    static int rank(long[] packed, int target, int resource) {
        return (int) (packed[target * LONGS + resource / LANES] >>> shift(resource) & RANK);
    }

    /** The least amounts of a configuration as ranks. */
    Floors floors(Capacity minimum) {
        long[] longs = new long[LONGS];
        for (Resource resource : RESOURCES) {
            double amount = minimum.of(resource);
            if (!Double.isNaN(amount)) {
                int r = resource.ordinal();
                longs[r / LANES] |= rankOfFirstNotBelow(distinct[r], amount) << shift(r);
            }
        }
        return new Floors(longs[0], longs[1], longs[2]);
    }

    /** Raises the ranks at one place to those at another where they are higher. */
    static void max(long[] into, int at, long[] from, int fromAt) {
        for (int l = 0; l < LONGS; l++) {
            long a = into[at + l];
            long b = from[fromAt + l];
            long most = 0;
            for (int shift = 0; shift < LANES * LANE; shift += LANE) {
                most |= Math.max(a >>> shift & RANK, b >>> shift & RANK) << shift;
            }
            into[at + l] = most;
        }
    }

    /**
     * The least ranks that a search asks for, and how many places it has looked at.
     *
     * <p>Not thread-safe.
     */
    static final class Floors {

        private final long first;
        private final long second;
        private final long third;
        private long visited;

        Floors(long first, long second, long third) {
            this.first = first;
            this.second = second;
            this.third = third;
        }

        /** Whether all ranks at this place are high enough. */
        boolean metBy(long[] ranks, int at) {
            return (((ranks[at] | GUARDS) - first)
                            & ((ranks[at + 1] | GUARDS) - second)
                            & ((ranks[at + 2] | GUARDS) - third)
                            & GUARDS)
                    == GUARDS;
        }

        /** The least rank of one resource, 0 when nothing is required. */
        int of(int resource) {
            long word = resource < LANES ? first : resource < 2 * LANES ? second : third;
            return (int) (word >>> shift(resource) & RANK);
        }

        /** The same without one resource's floor. */
        Floors without(int resource) {
            long kept = ~(RANK << shift(resource));
            int word = resource / LANES;
            return new Floors(
                    word == 0 ? first & kept : first,
                    word == 1 ? second & kept : second,
                    word == 2 ? third & kept : third);
        }

        void visited(long places) {
            visited += places;
        }

        long visited() {
            return visited;
        }
    }
}
