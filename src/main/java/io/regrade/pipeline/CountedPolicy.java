package io.regrade.pipeline;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * A loaded version and how many use it: who loaded it is the first. Closed when the last one lets go, so that what is
 * under way ends with the rules it began with. Thread-safe, without locks.
 */
final class CountedPolicy {

    private final ReadyPolicy policy;
    private final Consumer<CountedPolicy> closed;
    private final AtomicInteger users = new AtomicInteger(1);

    /**
     * In use once.
     *
     * @param closed is told when it is closed
     */
    CountedPolicy(ReadyPolicy policy, Consumer<CountedPolicy> closed) {
        this.policy = policy;
        this.closed = closed;
    }

    ReadyPolicy policy() {
        return policy;
    }

    String digest() {
        return policy.ref().digest();
    }

    /** One more user, unless the last one is gone already; who gets true lets go once. */
    boolean take() {
        int count = users.get();
        while (count > 0) {
            if (users.compareAndSet(count, count + 1)) {
                return true;
            }
            count = users.get();
        }
        return false;
    }

    /** One user less. */
    void letGo() {
        if (users.decrementAndGet() == 0) {
            policy.close();
            closed.accept(this);
        }
    }
}
