package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.engine.PhaseWatch;
import io.regrade.ledger.InventorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * The held targets as a catalogue, made once for each state of them, not for each request. Thread-safe: who comes first
 * makes it, the others wait.
 */
final class HeldCatalogs {

    private final PhaseWatch watch;
    private @Nullable Prepared current;

    private record Prepared(long version, DecisionBasis basis) {}

    HeldCatalogs(PhaseWatch watch) {
        this.watch = watch;
    }

    /** The targets and prices of this state. */
    synchronized DecisionBasis of(InventorySnapshot state) {
        Prepared prepared = current;
        if (prepared == null || prepared.version != state.catalogVersion()) {
            Catalog catalog = Catalog.of(state.targets());
            prepared = new Prepared(state.catalogVersion(), DecisionBasis.of(catalog, state.pricing(), watch));
            current = prepared;
        }
        return prepared.basis;
    }
}
