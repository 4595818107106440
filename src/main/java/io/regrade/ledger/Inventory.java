package io.regrade.ledger;

import java.util.concurrent.CompletionStage;

/**
 * The machines, targets and prices that the server holds. Thread-safe.
 *
 * <p>Every change is applied completely or not at all, and makes a new state; whoever holds a {@link #snapshot()} sees
 * one state for as long as it wants.
 */
public interface Inventory {

    /** The state after the last change that was applied. */
    InventorySnapshot snapshot();

    /**
     * Applies a change when what is held is as expected.
     *
     * @param change what is to be different
     * @param expectation what must hold of the one thing that is changed; {@link Expectation#NONE} for a bulk
     * @return what was done, once it lasts; completes with {@link ExpectationFailedException} when nothing was changed
     *     because the expectation did not hold
     */
    CompletionStage<Outcome> apply(Change change, Expectation expectation);

    /**
     * What a change did.
     *
     * @param created how many things are new
     * @param replaced how many things were there before
     * @param removed how many things are gone
     */
    record Outcome(int created, int replaced, int removed) {}
}
