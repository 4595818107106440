package io.regrade.ledger.pg;

import org.jspecify.annotations.Nullable;

/**
 * What a change came to, for those who wait for it. A change that is run again after a rollback begins it anew.
 * Thread-safe.
 */
final class Outcome<T> {

    private volatile T value;
    private volatile @Nullable RuntimeException refused;

    /** Nothing was changed so far. */
    Outcome(T value) {
        this.value = value;
    }

    /** It came to this. */
    void is(T now) {
        value = now;
        refused = null;
    }

    /** It came to nothing, because of this. */
    void refuse(RuntimeException reason) {
        refused = reason;
    }

    /**
     * What it came to.
     *
     * @throws RuntimeException why nothing was changed
     */
    T get() {
        RuntimeException reason = refused;
        if (reason != null) {
            throw reason;
        }
        return value;
    }
}
