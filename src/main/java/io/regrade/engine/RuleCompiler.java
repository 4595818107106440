package io.regrade.engine;

import io.regrade.policy.Diagnostic;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.PolicyException;
import io.regrade.policy.budget.BudgetLimits;
import io.regrade.policy.gate.RuleInventory;
import io.regrade.policy.structure.PolicyStructure;
import java.util.List;
import java.util.Map;

/** Turns a policy's text into rules that run. */
public interface RuleCompiler {

    /**
     * Compiles all rule files of a policy.
     *
     * @throws io.regrade.policy.PolicyException with every error of the rules, each with file and line
     */
    CompiledRules compile(PolicyBundle policy);

    /**
     * What the rules of a policy are made of, those with mistakes too as far as they can be read. A compiler that only
     * makes rules run knows nothing of it.
     */
    default PolicyStructure structure(PolicyBundle policy) {
        return new PolicyStructure(List.of(), List.of(), Map.of());
    }

    /**
     * Everything that is wrong with single rules of a policy, warnings too, ordered by place; empty when nothing is.
     *
     * @param structure of this policy, as {@link #structure} gave it
     */
    default List<Diagnostic> check(PolicyBundle policy, PolicyStructure structure) {
        try (CompiledRules compiled = compile(policy)) {
            return List.of();
        } catch (PolicyException e) {
            return e.diagnostics();
        }
    }

    /**
     * Compiles changed copies of rules beside the rules they are copies of: ids are there several times, and other checks
     * of what people write are left out, too.
     *
     * @throws io.regrade.policy.PolicyException with the errors of the rules
     */
    default CompiledRules compileCopies(PolicyBundle policy) {
        return compile(policy);
    }

    /**
     * What each rule of a policy may touch, by file and line; empty of a compiler that cannot tell.
     *
     * @throws io.regrade.policy.PolicyException with every error of the rules
     */
    default List<RuleInventory> inventory(PolicyBundle policy) {
        return List.of();
    }

    /**
     * A compiler of the same rules, whose evaluations may spend so much.
     *
     * @param told is told of those that would spend more
     */
    default RuleCompiler within(BudgetLimits limits, BreachListener told) {
        return this;
    }
}
