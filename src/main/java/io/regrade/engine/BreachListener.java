package io.regrade.engine;

/** Told of evaluations that were ended by a budget, by the thread that evaluates. Implementations are thread-safe and quick. */
@FunctionalInterface
public interface BreachListener {

    /** Nobody listens. */
    BreachListener NONE = (policy, breach) -> {};

    /**
     * An evaluation was ended.
     *
     * @param policy the policy's name
     */
    void exceeded(String policy, BudgetBreach breach);
}
