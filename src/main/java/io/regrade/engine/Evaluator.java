package io.regrade.engine;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.policy.PolicyBundle;
import io.regrade.simulate.Simulator;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides one virtual machine at a time by one policy over one catalogue. Thread-safe: each evaluation has a working
 * memory of its own, so no fact of one machine can reach another.
 */
public final class Evaluator {

    private final PolicyBundle policy;
    private final CompiledRules rules;
    private final Catalog catalog;
    private final Simulator simulator;
    private final PhaseWatch watch;
    private final Map<String, PhaseLimits> limits;

    /** An evaluator whose phases nobody times. */
    public Evaluator(PolicyBundle policy, CompiledRules rules, Catalog catalog, Simulator simulator) {
        this(policy, rules, catalog, simulator, PhaseWatch.NONE);
    }

    public Evaluator(PolicyBundle policy, CompiledRules rules, Catalog catalog, Simulator simulator, PhaseWatch watch) {
        this.policy = policy;
        this.rules = rules;
        this.catalog = catalog;
        this.simulator = simulator;
        this.watch = watch;
        this.limits = PhaseLimits.of(policy);
    }

    /**
     * Decides one machine. A rule that throws, or rules that conclude nothing, keep it, with the error on the decision.
     *
     * @param facts what is known of it
     * @param time the one moment it is decided at
     */
    public Decision evaluate(VmFacts facts, EvaluationTime time) {
        VmFacts known = withCapacityOfItsClass(facts);
        try (RuleSession session = rules.open()) {
            return new Evaluation(
                            policy,
                            limitsFor(known.vm()),
                            session,
                            catalog,
                            simulator,
                            known,
                            facts.vm().capacity(),
                            time,
                            watch)
                    .decide();
        }
    }

    private PhaseLimits limitsFor(Vm vm) {
        PhaseLimits own = limits.get(vm.environment());
        return own != null ? own : Objects.requireNonNull(limits.get(PolicyBundle.DEFAULT_ENVIRONMENT));
    }

    private VmFacts withCapacityOfItsClass(VmFacts facts) {
        Vm vm = facts.vm();
        @Nullable Target current = catalog.currentClassOf(vm);
        if (current == null) {
            return facts;
        }
        return new VmFacts(
                vm.withCapacityFrom(current.capacity()),
                facts.usage(),
                facts.modules(),
                facts.sla(),
                facts.redundancy());
    }
}
