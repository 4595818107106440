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

    /**
     * Two derived quantities fill the lanes that the resources leave free: a target that meets floors of processors and
     * of memory also meets the floors' weighted sum and product. Neighbours in price offer either many processors or
     * much memory; their maxima together promise both, and these two see through it.
     */
    private static final int SUM = RESOURCES.length;

    private static final int PRODUCT = SUM + 1;
    private static final int ALL = LONGS * LANES;
    /** About what clouds charge a vCPU in GiB of memory; any number is right, this one sees through most. */
    private static final double GIB_A_VCPU = 8;

    private static final long DERIVED = RANK << shift(SUM) | RANK << shift(PRODUCT);

    private final double[][] distinct = new double[ALL][];
    private final long[] packed;

    Amounts(List<Target> targets) {
        packed = new long[targets.size() * LONGS];
        for (int lane = 0; lane < ALL; lane++) {
            distinct[lane] = distinct(targets, lane);
            for (int i = 0; i < targets.size(); i++) {
                packed[i * LONGS + lane / LANES] |= rank(lane, targets.get(i).capacity());
            }
        }
    }

    private static double[] distinct(List<Target> targets, int lane) {
        double[] amounts = targets.stream()
                .mapToDouble(target -> amount(target.capacity(), lane))
                .filter(amount -> !Double.isNaN(amount))
                .sorted()
                .distinct()
                .toArray();
        if (amounts.length <= MOST_AMOUNTS) {
            return amounts;
        }
        if (lane < RESOURCES.length) {
            throw new IllegalArgumentException("the targets have " + amounts.length + " different amounts of `"
                    + RESOURCES[lane].key() + "`, the most are " + MOST_AMOUNTS);
        }
        return new double[0]; // a derived quantity only saves work
    }

    private static double amount(Capacity capacity, int lane) {
        if (lane == SUM) {
            return GIB_A_VCPU * capacity.vcpu() + capacity.memoryGib();
        }
        if (lane == PRODUCT) {
            return capacity.vcpu() * capacity.memoryGib();
        }
        return capacity.of(RESOURCES[lane]) + 0.0; // -0.0 becomes 0.0
    }

    private long rank(int lane, Capacity capacity) {
        double amount = amount(capacity, lane);
        if (Double.isNaN(amount) || (lane >= SUM && distinct[lane].length == 0)) {
            return 0;
        }
        int i = Arrays.binarySearch(distinct[lane], amount);
        return (1L + (i >= 0 ? i : -i - 1)) << shift(lane);
    }

    private static int shift(int lane) {
        return lane % LANES * LANE;
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
        for (int lane = 0; lane < ALL; lane++) {
            longs[lane / LANES] |= rank(lane, minimum);
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

        /** What one target offers, as floors that others may meet. */
        static Floors ofTarget(long[] ranks, int place) {
            int at = place * LONGS;
            return new Floors(ranks[at], ranks[at + 1], ranks[at + 2]);
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
            boolean derived = RESOURCES[resource] == Resource.CPU || RESOURCES[resource] == Resource.MEMORY;
            return new Floors(
                    word == 0 ? first & kept : first,
                    word == 1 ? second & kept : second,
                    derived ? third & ~DERIVED : word == 2 ? third & kept : third);
        }

        void visited(long places) {
            visited += places;
        }

        long visited() {
            return visited;
        }
    }
}
