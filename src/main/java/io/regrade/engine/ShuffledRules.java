package io.regrade.engine;

import io.regrade.decision.Firing;
import io.regrade.decision.Phase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Rules whose facts come in another order: what is inserted between two phases is kept back and shuffled. A decision that
 * comes out otherwise depends on an order that nobody promises. As thread-safe as the rules it is made of.
 */
public final class ShuffledRules implements CompiledRules {

    private final CompiledRules rules;
    private final long seed;

    /**
     * Shuffles what is inserted.
     *
     * @param rules which stay the caller's to close
     * @param seed the same one gives the same order in every session
     */
    public ShuffledRules(CompiledRules rules, long seed) {
        this.rules = rules;
        this.seed = seed;
    }

    @Override
    public RuleSession open() {
        RuleSession session = rules.open();
        Random random = new Random(seed);
        List<Object> waiting = new ArrayList<>();
        return new RuleSession() {
            @Override
            public void forget(Object fact) {
                if (!waiting.remove(fact)) {
                    session.forget(fact);
                }
            }

            @Override
            public void insert(Object fact) {
                waiting.add(fact);
            }

            @Override
            public List<Firing> fire(Phase phase) {
                Collections.shuffle(waiting, random);
                waiting.forEach(session::insert);
                waiting.clear();
                return session.fire(phase);
            }

            @Override
            public void close() {
                session.close();
            }
        };
    }

    @Override
    public int size() {
        return rules.size();
    }

    @Override
    public void close() {}
}
