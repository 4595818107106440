package io.regrade.pipeline.manifest;

import io.regrade.fact.VmFacts;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.HeldManifest;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.JoinedSnapshot;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * An inventory as it is decided on: what manifests say of machines joined with what is held of them. Thread-safe as the
 * one below it.
 */
public final class AnalyzedInventory implements Inventory {

    private final Inventory held;

    public AnalyzedInventory(Inventory held) {
        this.held = held;
    }

    @Override
    public InventorySnapshot snapshot() {
        return new Joined(held.snapshot());
    }

    @Override
    public CompletionStage<Outcome> apply(Change change, Expectation expectation) {
        return held.apply(change, expectation);
    }

    /** One state, joined when it is asked. */
    private static final class Joined extends JoinedSnapshot {

        private Joined(InventorySnapshot held) {
            super(held);
        }

        @Override
        protected List<VmFacts> joined(List<VmFacts> machines) {
            return machines.stream().map(this::joined).toList();
        }

        private VmFacts joined(VmFacts facts) {
            return KnownFacts.join(
                    facts,
                    held.manifests(facts.vm().id()).stream()
                            .map(HeldManifest::adds)
                            .toList());
        }

        @Override
        public List<VmFacts> group(String name) {
            return joined(held.group(name));
        }
    }
}
