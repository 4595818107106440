package io.regrade.execute;

/**
 * An order as an executor gets it. Immutable.
 *
 * @param order what is to be done
 * @param key names it: the same for every attempt, so that whoever has done it once does not do it again
 * @param mark what the executor said of the machine before anything was asked
 * @param fence grows whenever another server takes over; what comes with a lower one is late
 */
public record Errand(Order order, String key, String mark, long fence) {}
