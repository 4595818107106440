package io.regrade.policy.gate;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What one rule may touch, as its bytecode tells: for those who review it. A rule touches nothing else.
 *
 * @param rule its id
 * @param file its file, relative to the policy's directory
 * @param line the line of its name, from 1
 * @param reads the facts that it matches or asks, such as {@code Usage}
 * @param concludes the facts that it makes, such as {@code Need}
 * @param calls the methods that it calls, of facts and of others, such as {@code String.contains}
 */
public record RuleInventory(
        String rule,
        String file,
        int line,
        SortedSet<String> reads,
        SortedSet<String> concludes,
        SortedSet<String> calls) {

    /** Copies the sets. */
    public RuleInventory {
        reads = Collections.unmodifiableSortedSet(new TreeSet<>(reads));
        concludes = Collections.unmodifiableSortedSet(new TreeSet<>(concludes));
        calls = Collections.unmodifiableSortedSet(new TreeSet<>(calls));
    }
}
