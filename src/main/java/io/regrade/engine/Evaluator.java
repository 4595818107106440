package io.regrade.engine;

import io.regrade.catalog.Catalog;
import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Limit;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.policy.PolicyBundle;
import io.regrade.simulate.Simulator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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
        this(policy, rules, catalog, simulator, watch, PhaseLimits.of(policy));
    }

    /** One by limits that were prepared before: {@link PhaseLimits#of} reads all rules, which is too much for each request. */
    public Evaluator(
            PolicyBundle policy,
            CompiledRules rules,
            Catalog catalog,
            Simulator simulator,
            PhaseWatch watch,
            Map<String, PhaseLimits> limits) {
        this.policy = policy;
        this.rules = rules;
        this.catalog = catalog;
        this.simulator = simulator;
        this.watch = watch;
        this.limits = limits;
    }

    /** One that goes by these limits whatever the machine's environment, and by the same rules. */
    public Evaluator withLimits(List<Limit> others) {
        PhaseLimits any = Objects.requireNonNull(limits.get(PolicyBundle.DEFAULT_ENVIRONMENT));
        return new Evaluator(
                policy, rules, catalog, simulator, watch, Map.of(PolicyBundle.DEFAULT_ENVIRONMENT, any.with(others)));
    }

    /** One that chooses among the targets of another catalogue. */
    public Evaluator withCatalog(Catalog other) {
        return new Evaluator(policy, rules, other, simulator, watch, limits);
    }

    /**
     * Decides one machine. A rule that throws, or rules that conclude nothing, keep it, with the error on the decision.
     *
     * @param facts what is known of it
     * @param time the one moment it is decided at
     */
    public Decision evaluate(VmFacts facts, EvaluationTime time) {
        return evaluated(facts, time, Evaluation::decide);
    }

    /**
     * Decides one machine, and says why it is not to move to one target, or what it would bring.
     *
     * @param target of the catalogue
     */
    public Examination examine(VmFacts facts, EvaluationTime time, Target target) {
        return evaluated(facts, time, evaluation -> evaluation.examine(target));
    }

    /**
     * Decides one machine as {@link #evaluate} does, and says where the rules would move it, were what they chose before not
     * there.
     *
     * @param most how many moves at most, that of the decision included
     */
    public Alternatives alternatives(VmFacts facts, EvaluationTime time, int most) {
        return evaluated(facts, time, evaluation -> evaluation.alternatives(most));
    }

    /**
     * All targets that support what is required of the machine's place, cheapest first; none when it is decided without
     * looking for any.
     */
    public List<Target> supporting(VmFacts facts, EvaluationTime time) {
        return evaluated(facts, time, Evaluation::supporting);
    }

    private <T> T evaluated(VmFacts facts, EvaluationTime time, Function<Evaluation, T> question) {
        VmFacts known = withCapacityOfItsClass(facts);
        try (RuleSession session = rules.open()) {
            return question.apply(new Evaluation(
                    policy,
                    limitsFor(known.vm()),
                    session,
                    catalog,
                    simulator,
                    known,
                    facts.vm().capacity(),
                    time,
                    watch));
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
                facts.redundancy(),
                facts.dismissals(),
                facts.counterOffer());
    }
}
