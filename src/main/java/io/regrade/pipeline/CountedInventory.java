package io.regrade.pipeline;

import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.metrics.RegradeMeters;
import java.util.concurrent.CompletionStage;

/** An inventory whose changes are counted, once they last. Thread-safe as the one it counts for. */
public final class CountedInventory implements Inventory {

    private final Inventory inventory;
    private final RegradeMeters meters;

    public CountedInventory(Inventory inventory, RegradeMeters meters) {
        this.inventory = inventory;
        this.meters = meters;
    }

    @Override
    public InventorySnapshot snapshot() {
        return inventory.snapshot();
    }

    @Override
    public CompletionStage<Outcome> apply(Change change, Expectation expectation) {
        return inventory.apply(change, expectation).thenApply(outcome -> {
            meters.changed(outcome.created(), outcome.replaced(), outcome.removed());
            return outcome;
        });
    }
}
