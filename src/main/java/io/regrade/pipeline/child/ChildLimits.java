package io.regrade.pipeline.child;

/**
 * What a process may take.
 *
 * @param heapMib its heap, MiB
 * @param seconds from its start to its end
 * @param outputBytes what it may write
 */
public record ChildLimits(int heapMib, int seconds, long outputBytes) {

    /** The most that it may write when nothing else is said: 16 MiB. */
    public static final long OUTPUT_BYTES = 16L << 20;
}
