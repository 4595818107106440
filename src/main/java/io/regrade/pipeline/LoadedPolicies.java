package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import io.regrade.engine.RuleCompiler;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The versions that are compiled, each digest once: those that decide, and those that were asked for last, such as by a
 * replay or a pinned request. A version is closed when nobody uses it any more. Thread-safe.
 *
 * <p>One version is compiled at a time, on the thread that asks for it: compiling takes a whole core, and requests need
 * the others.
 */
public final class LoadedPolicies implements AutoCloseable {

    /** Versions that were asked for and are kept, each some ten MB. */
    private static final int IDLE = 4;

    private final RuleCompiler compiler;
    private final Watch watch;
    private final Object compiling = new Object();
    private final Map<String, CountedPolicy> open = new HashMap<>();
    private final Map<String, CountedPolicy> recent = new LinkedHashMap<>(16, 0.75f, true);
    private boolean closed;

    /** Is told which versions are there. */
    public interface Watch {

        /** Is told nothing. */
        Watch NONE = new Watch() {
            @Override
            public void opened(PolicyRef policy) {}

            @Override
            public void closed(PolicyRef policy) {}
        };

        /** A version is there now. */
        void opened(PolicyRef policy);

        /** A version is gone, with the memory it took. */
        void closed(PolicyRef policy);
    }

    /** None yet, and nobody is told of them. */
    public LoadedPolicies(RuleCompiler compiler) {
        this(compiler, Watch.NONE);
    }

    /** None yet. */
    public LoadedPolicies(RuleCompiler compiler, Watch watch) {
        this.compiler = compiler;
        this.watch = watch;
    }

    /** Takes over a version that was compiled elsewhere, and keeps it as one that was asked for. */
    public void add(ReadyPolicy policy) {
        CountedPolicy added = adopt(policy);
        remember(added);
        added.letGo();
    }

    /**
     * The version of a digest, compiled when it is not there, and kept for the next one who asks.
     *
     * @param stored gives it when it has to be compiled
     * @throws io.regrade.policy.PolicyException when this version of Regrade cannot use it
     */
    public PolicyLease lease(String digest, Supplier<PolicyBundle> stored) {
        CountedPolicy found = taken(digest);
        if (found == null) {
            synchronized (compiling) {
                found = taken(digest);
                if (found == null) {
                    found = compiled(digest, stored.get());
                }
            }
        }
        remember(found);
        return new PolicyLease(found);
    }

    private CountedPolicy compiled(String digest, PolicyBundle bundle) {
        if (!bundle.digest().equals(digest)) {
            throw new IllegalArgumentException("asked for `" + digest + "`, got `" + bundle.digest() + "`");
        }
        return adopt(ReadyPolicy.of(bundle, compiler));
    }

    /** Takes over a version, or closes it for the one of the same digest that is there; it is in use once more. */
    CountedPolicy adopt(ReadyPolicy policy) {
        CountedPolicy mine;
        boolean spare;
        synchronized (this) {
            CountedPolicy there = taken(policy.ref().digest());
            spare = there != null && there.policy() != policy;
            if (there == null) {
                mine = new CountedPolicy(policy, this::gone);
                open.put(mine.digest(), mine);
                watch.opened(policy.ref());
            } else {
                mine = there;
            }
        }
        if (spare) {
            policy.close();
        }
        return mine;
    }

    /** The version of a policy whose digest begins so, when it is there. */
    Optional<PolicyLease> find(String name, String digest) {
        CountedPolicy found = null;
        synchronized (this) {
            for (CountedPolicy one : open.values()) {
                boolean asked =
                        one.policy().ref().name().equals(name) && one.digest().startsWith(digest);
                if (asked && one.take()) {
                    found = one;
                    break;
                }
            }
        }
        if (found == null) {
            return Optional.empty();
        }
        return Optional.of(new PolicyLease(found));
    }

    /** Every version of a policy that is there; each is to be closed. */
    synchronized List<PolicyLease> of(String name) {
        List<PolicyLease> leases = new ArrayList<>();
        for (CountedPolicy one : open.values()) {
            if (one.policy().ref().name().equals(name) && one.take()) {
                leases.add(new PolicyLease(one));
            }
        }
        return leases;
    }

    /** A version that is there, in use once more; null when it is not there. */
    private synchronized @Nullable CountedPolicy taken(String digest) {
        if (closed) {
            throw new IllegalStateException("closed");
        }
        CountedPolicy there = open.get(digest);
        if (there == null || !there.take()) {
            return null;
        }
        return there;
    }

    private synchronized void gone(CountedPolicy policy) {
        if (open.remove(policy.digest(), policy)) {
            watch.closed(policy.policy().ref());
        }
    }

    /** Keeps a version that was asked for until others were. */
    private synchronized void remember(CountedPolicy used) {
        if (closed || recent.get(used.digest()) == used || !used.take()) {
            return;
        }
        CountedPolicy old = recent.put(used.digest(), used);
        if (old != null) {
            old.letGo();
        }
        if (recent.size() > IDLE) {
            Iterator<CountedPolicy> eldest = recent.values().iterator();
            CountedPolicy dropped = eldest.next();
            eldest.remove();
            dropped.letGo();
        }
    }

    /** How many are there. */
    synchronized int size() {
        return open.size();
    }

    /** Lets go what is kept; what is in use is closed when its last user lets go. */
    @Override
    public void close() {
        List<CountedPolicy> kept;
        synchronized (this) {
            closed = true;
            kept = List.copyOf(recent.values());
            recent.clear();
        }
        kept.forEach(CountedPolicy::letGo);
    }
}
