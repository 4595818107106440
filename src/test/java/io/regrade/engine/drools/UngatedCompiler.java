package io.regrade.engine.drools;

import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleCompiler;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.budget.BudgetLimits;
import java.util.List;

/** Loads what Drools compiled as it is, so that tests can show what the gate is for, and benchmarks what it costs. */
public final class UngatedCompiler implements RuleCompiler {

    @Override
    public CompiledRules compile(PolicyBundle policy) {
        DroolsCompiler.Loaded loaded = DroolsCompiler.loaded(DroolsCompiler.compiled(policy));
        return new DroolsRules(
                loaded.container(),
                loaded.base(),
                new RuleOrigins(policy, List.of()),
                BudgetLimits.DEFAULT,
                breach -> {});
    }
}
