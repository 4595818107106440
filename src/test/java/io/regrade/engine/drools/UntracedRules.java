package io.regrade.engine.drools;

import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleSession;
import io.regrade.policy.PolicyBundle;

/** Rules that run without their trace, so that a benchmark can tell what the trace costs. */
public final class UntracedRules implements CompiledRules {

    private final DroolsRules rules;

    public UntracedRules(PolicyBundle policy) {
        this.rules = (DroolsRules) new DroolsCompiler().compile(policy);
    }

    @Override
    public RuleSession open() {
        return rules.openUntraced();
    }

    @Override
    public int size() {
        return rules.size();
    }

    @Override
    public void close() {
        rules.close();
    }
}
