package io.regrade.pipeline;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A version that stays open until this is closed, whatever is activated meanwhile. Thread-safe; closing it twice does
 * nothing more.
 */
public final class PolicyLease implements AutoCloseable {

    private final CountedPolicy counted;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** Of a version that was {@link CountedPolicy#take taken}. */
    PolicyLease(CountedPolicy counted) {
        this.counted = counted;
    }

    /** The version; its rules can be used until this is closed. */
    public ReadyPolicy policy() {
        return counted.policy();
    }

    /** What counts it. */
    CountedPolicy counted() {
        return counted;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            counted.letGo();
        }
    }
}
