package io.regrade.decision;

/**
 * How many targets of the catalogue one constraint ruled out. A target that misses several is counted under each.
 *
 * @param constraint the constraint, such as {@code memory_gib>=12.4}
 * @param source who states it
 * @param targets how many it rules out
 */
public record Excluded(String constraint, String source, int targets) {}
