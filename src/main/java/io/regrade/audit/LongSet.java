package io.regrade.audit;

/** A growing set of longs, 8 to 27 bytes each. */
final class LongSet {

    private long[] slots = new long[1 << 12];
    private int used;
    private boolean zero;

    /** Adds a value; false when it was there. */
    boolean add(long value) {
        if (value == 0) {
            boolean added = !zero;
            zero = true;
            return added;
        }
        if (used > slots.length / 10 * 7) {
            grow();
        }
        boolean added = put(slots, value);
        used += added ? 1 : 0;
        return added;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long value : slots) {
            if (value != 0) {
                put(larger, value);
            }
        }
        slots = larger;
    }

    private static boolean put(long[] slots, long value) {
        int at = (int) ((value * 0x9E3779B97F4A7C15L) >>> 32) & (slots.length - 1);
        while (slots[at] != 0) {
            if (slots[at] == value) {
                return false;
            }
            at = (at + 1) & (slots.length - 1);
        }
        slots[at] = value;
        return true;
    }
}
