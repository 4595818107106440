package io.regrade.execute.simulated;

import io.regrade.execute.Order;
import java.util.Locale;

/** What goes wrong when a machine is changed, by its tag {@code simulate}. */
enum Fault {
    /** Nothing. */
    NONE,
    /** Its quota is used up, which is seen before. */
    QUOTA,
    /** The cloud says no. */
    REFUSE,
    /** The cloud fails and does nothing. */
    FAIL,
    /** The cloud does it, and its answer is lost. */
    LOSE,
    /** The cloud says yes and does nothing. */
    NOTHING;

    private static final String TAG = "simulate";

    /** What goes wrong with a machine; a word that is none of these is nothing. */
    static Fault of(Order order) {
        String word = order.before().tag(TAG).toUpperCase(Locale.ROOT);
        for (Fault fault : values()) {
            if (fault.name().equals(word)) {
                return fault;
            }
        }
        return NONE;
    }
}
