package io.regrade.execute;

import io.regrade.fact.Vm;
import org.jspecify.annotations.Nullable;

/**
 * A machine and what it is to become. Immutable.
 *
 * @param instance what the machine's cloud calls it
 * @param before the machine as it is held
 * @param after the machine as it is to be
 */
public record Order(String instance, Vm before, Vm after) {

    /** The tag that says what a machine's cloud calls it. */
    public static final String INSTANCE_TAG = "instance_id";

    /** What is to become of a machine; its cloud calls it by its tag {@code instance_id}, or else by its id. */
    public static Order of(Vm before, Vm after) {
        return new Order(before.tags().getOrDefault(INSTANCE_TAG, before.id()), before, after);
    }

    /** The machine's id. */
    public String vm() {
        return before.id();
    }

    /** The class it has, null when unknown. */
    public @Nullable String from() {
        return before.type();
    }

    /** The class it is to have, null when it has no name. */
    public @Nullable String to() {
        return after.type();
    }

    /** The way back. */
    public Order reversed() {
        return new Order(instance, after, before);
    }
}
