package io.regrade.engine.drools;

import io.regrade.engine.BudgetBreach;
import io.regrade.engine.CompiledRules;
import io.regrade.engine.RuleSession;
import io.regrade.policy.budget.BudgetLimits;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.kie.api.KieBase;
import org.kie.api.definition.KiePackage;
import org.kie.api.definition.rule.Rule;
import org.kie.api.runtime.KieContainer;

/** Compiled rules in a Drools knowledge base that nothing can change. Thread-safe. */
final class DroolsRules implements CompiledRules {

    private final KieContainer container;
    private final KieBase base;
    private final Map<String, String> idsByName;
    private final RuleOrigins origins;
    private final BudgetLimits limits;
    private final Consumer<BudgetBreach> breaches;

    DroolsRules(
            KieContainer container,
            KieBase base,
            RuleOrigins origins,
            BudgetLimits limits,
            Consumer<BudgetBreach> breaches) {
        this.container = container;
        this.base = base;
        this.origins = origins;
        this.limits = limits;
        this.breaches = breaches;
        Map<String, String> ids = new HashMap<>();
        for (KiePackage one : base.getKiePackages()) {
            for (Rule rule : one.getRules()) {
                Object id = rule.getMetaData().get("id");
                ids.put(rule.getName(), id == null ? rule.getName() : id.toString());
            }
        }
        this.idsByName = Map.copyOf(ids);
    }

    @Override
    public RuleSession open() {
        return session(true);
    }

    /** A session that records conclusions without the firings they come from: only to measure what the trace costs. */
    RuleSession openUntraced() {
        return session(false);
    }

    private RuleSession session(boolean traced) {
        return new DroolsSession(base.newKieSession(), idsByName, origins, limits, breaches, traced);
    }

    /** What its classes are loaded by. */
    KieContainer container() {
        return container;
    }

    @Override
    public int size() {
        return idsByName.size();
    }

    @Override
    public void close() {
        container.dispose();
    }
}
