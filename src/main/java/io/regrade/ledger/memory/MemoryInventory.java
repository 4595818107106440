package io.regrade.ledger.memory;

import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The inventory in memory. Readers never wait; a change copies the table it touches, which suits the few changes and
 * many reads of a server without a database.
 */
public final class MemoryInventory implements Inventory {

    private volatile MemorySnapshot state = MemorySnapshot.EMPTY;

    /** An empty inventory. */
    public MemoryInventory() {}

    @Override
    public InventorySnapshot snapshot() {
        return state;
    }

    @Override
    public synchronized CompletionStage<Outcome> apply(Change change, Expectation expectation) {
        try {
            Patch patch = Patch.of(state, change, expectation);
            Outcome outcome = patch.outcome(state);
            state = state.patched(patch);
            return CompletableFuture.completedFuture(outcome);
        } catch (ExpectationFailedException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
