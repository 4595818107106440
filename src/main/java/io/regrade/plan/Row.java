package io.regrade.plan;

/**
 * One amount that moves share: what all moves take of it must not be more than its limit.
 *
 * @param name what it is, as sentences say it, such as {@code pool p4}
 * @param unit what is counted, such as {@code vCPU} or {@code places}
 * @param limit how much of it there is for moves
 */
record Row(String name, String unit, double limit) {

    /** Differences below this are rounding. */
    static final double EPSILON = 1e-6;

    boolean holds(double used) {
        return used <= limit + EPSILON * Math.max(1, Math.abs(limit));
    }
}
