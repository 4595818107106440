package io.regrade.pipeline;

import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleCompiler;
import io.regrade.engine.RuleSession;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyReader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Compiles nothing, and counts what it compiled and what is open. */
public final class CountingCompiler implements RuleCompiler {

    private final AtomicInteger compiled = new AtomicInteger();
    private final AtomicInteger open = new AtomicInteger();

    @Override
    public CompiledRules compile(PolicyBundle policy) {
        compiled.incrementAndGet();
        open.incrementAndGet();
        return new CompiledRules() {
            @Override
            public RuleSession open() {
                throw new IllegalStateException("no rules run here");
            }

            @Override
            public int size() {
                return 0;
            }

            @Override
            public void close() {
                open.decrementAndGet();
            }
        };
    }

    /** How many were compiled. */
    public int compiled() {
        return compiled.get();
    }

    /** How many are not closed. */
    public int open() {
        return open.get();
    }

    /** The files of a version of a policy, another one for each description. */
    public static SortedMap<String, String> files(String name, String description) {
        return new TreeMap<>(java.util.Map.of("policy.yaml", "name: " + name + "\ndescription: " + description + "\n"));
    }

    /** A version, ready. */
    public ReadyPolicy version(String name, String description) {
        return ReadyPolicy.of(PolicyReader.of(files(name, description)), this);
    }
}
