package io.regrade.pipeline;

import io.regrade.catalog.Catalog;
import io.regrade.engine.PhaseWatch;
import io.regrade.ledger.InventorySnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What decides on the held targets, made once for each state of them, not for each request. Thread-safe: who comes
 * first makes it, the others wait.
 */
final class HeldCatalogs {

    private final PhaseWatch watch;
    private @Nullable Prepared current;

    private record Prepared(long version, Catalog catalog, String digest) {}

    HeldCatalogs(PhaseWatch watch) {
        this.watch = watch;
    }

    /** What decides by this policy on the targets and prices of this state. */
    DecideVm of(ReadyPolicy policy, InventorySnapshot state) {
        Prepared prepared = prepared(state);
        return new DecideVm(policy, prepared.catalog, state.pricing(), prepared.digest, watch);
    }

    private synchronized Prepared prepared(InventorySnapshot state) {
        Prepared prepared = current;
        if (prepared == null || prepared.version != state.catalogVersion()) {
            Catalog catalog = Catalog.of(state.targets());
            prepared = new Prepared(state.catalogVersion(), catalog, DecideVm.digest(catalog, state.pricing()));
            current = prepared;
        }
        return prepared;
    }
}
