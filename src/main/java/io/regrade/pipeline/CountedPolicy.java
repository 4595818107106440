package io.regrade.pipeline;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A loaded version and how many use it: who loaded it is the first. Closed when the last one lets go, so that what is
 * under way ends with the rules it began with. Thread-safe, without locks.
 */
final class CountedPolicy {

    private final ReadyPolicy policy;
    private final AtomicInteger users = new AtomicInteger(1);

    CountedPolicy(ReadyPolicy policy) {
        this.policy = policy;
    }

    ReadyPolicy policy() {
        return policy;
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
        }
    }
}
