package io.regrade.engine.drools;

import io.regrade.policy.budget.Budget;
import io.regrade.policy.budget.BudgetExceeded;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.util.List;
import org.drools.base.base.ObjectType;
import org.drools.base.base.ValueResolver;
import org.drools.base.reteoo.BaseTuple;
import org.drools.base.rule.Pattern;
import org.drools.base.rule.constraint.BetaConstraint;
import org.drools.core.RuleBaseConfiguration;
import org.drools.core.common.BetaConstraints;
import org.drools.core.reteoo.BetaMemory;
import org.drools.core.reteoo.Tuple;
import org.drools.core.reteoo.builder.BuildContext;
import org.drools.util.bitmask.BitMask;
import org.kie.api.runtime.rule.FactHandle;

/** The constraints of a join, which also ask whether the evaluation may go on, for each pair of facts. */
final class BudgetedConstraints<C> implements BetaConstraints<C> {

    private final BetaConstraints<C> plain;

    private final List<String> rules;

    /**
     * Wraps constraints.
     *
     * @param rules the names of the rules that share the join
     */
    BudgetedConstraints(BetaConstraints<C> plain, List<String> rules) {
        this.plain = plain;
        this.rules = rules;
    }

    private void check() {
        try {
            Budget.check();
        } catch (BudgetExceeded e) {
            throw e.by(rules);
        }
    }

    @Override
    public boolean isAllowedCachedLeft(C context, FactHandle handle) {
        check();
        return plain.isAllowedCachedLeft(context, handle);
    }

    @Override
    public boolean isAllowedCachedRight(BaseTuple tuple, C context) {
        check();
        return plain.isAllowedCachedRight(tuple, context);
    }

    @Override
    public C createContext() {
        return plain.createContext();
    }

    @Override
    public void updateFromTuple(C context, ValueResolver resolver, Tuple tuple) {
        plain.updateFromTuple(context, resolver, tuple);
    }

    @Override
    public void updateFromFactHandle(C context, ValueResolver resolver, FactHandle handle) {
        plain.updateFromFactHandle(context, resolver, handle);
    }

    @Override
    public BetaConstraint<?>[] getConstraints() {
        return plain.getConstraints();
    }

    @Override
    public BetaConstraints<C> getOriginalConstraint() {
        return plain.getOriginalConstraint();
    }

    @Override
    public boolean isIndexed() {
        return plain.isIndexed();
    }

    @Override
    public int getIndexCount() {
        return plain.getIndexCount();
    }

    @Override
    public boolean isEmpty() {
        return plain.isEmpty();
    }

    @Override
    public BetaMemory createBetaMemory(RuleBaseConfiguration configuration, int nodeType) {
        return plain.createBetaMemory(configuration, nodeType);
    }

    @Override
    public void resetTuple(C context) {
        plain.resetTuple(context);
    }

    @Override
    public void resetFactHandle(C context) {
        plain.resetFactHandle(context);
    }

    @Override
    public BitMask getListenedPropertyMask(Pattern pattern, ObjectType type, List<String> settable) {
        return plain.getListenedPropertyMask(pattern, type, settable);
    }

    @Override
    public void init(BuildContext context, int nodeType) {
        plain.init(context, nodeType);
    }

    @Override
    public void initIndexes(int depth, int nodeType, RuleBaseConfiguration configuration) {
        plain.initIndexes(depth, nodeType, configuration);
    }

    @Override
    @SuppressWarnings("unchecked") // what the interface says of itself
    public <T> T cloneIfInUse() {
        return (T) this;
    }

    @Override
    public boolean isLeftUpdateOptimizationAllowed() {
        return plain.isLeftUpdateOptimizationAllowed();
    }

    @Override
    public void registerEvaluationContext(BuildContext context) {
        plain.registerEvaluationContext(context);
    }

    @Override
    public void writeExternal(ObjectOutput out) {
        throw new UnsupportedOperationException("a policy's rules stay in this process");
    }

    @Override
    public void readExternal(ObjectInput in) {
        throw new UnsupportedOperationException("a policy's rules stay in this process");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BudgetedConstraints<?> wrapped && plain.equals(wrapped.plain);
    }

    @Override
    public int hashCode() {
        return plain.hashCode();
    }
}
