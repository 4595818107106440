package io.regrade.pipeline.manifest;

import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.HeldManifest;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.Page;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

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
    private record Joined(InventorySnapshot held) implements InventorySnapshot {

        private VmFacts joined(VmFacts facts) {
            return KnownFacts.join(
                    facts,
                    held.manifests(facts.vm().id()).stream()
                            .map(HeldManifest::adds)
                            .toList());
        }

        @Override
        public Optional<VmFacts> vm(String id) {
            return held.vm(id).map(this::joined);
        }

        @Override
        public List<VmFacts> group(String name) {
            return held.group(name).stream().map(this::joined).toList();
        }

        @Override
        public Page<VmFacts> vms(@Nullable String cursor, int limit) {
            Page<VmFacts> page = held.vms(cursor, limit);
            return new Page<>(page.items().stream().map(this::joined).toList(), page.next());
        }

        @Override
        public List<HeldManifest> manifests(String vm) {
            return held.manifests(vm);
        }

        @Override
        public int vmCount() {
            return held.vmCount();
        }

        @Override
        public Optional<Target> target(String id) {
            return held.target(id);
        }

        @Override
        public Page<Target> targets(@Nullable String cursor, int limit) {
            return held.targets(cursor, limit);
        }

        @Override
        public Collection<Target> targets() {
            return held.targets();
        }

        @Override
        public Pricing pricing() {
            return held.pricing();
        }

        @Override
        public long catalogVersion() {
            return held.catalogVersion();
        }
    }
}
