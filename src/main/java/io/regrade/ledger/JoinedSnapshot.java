package io.regrade.ledger;

import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A state of the inventory whose machines are joined with more that is known of them when they are asked for; all else is as it is. */
public abstract class JoinedSnapshot implements InventorySnapshot {

    protected final InventorySnapshot held;

    protected JoinedSnapshot(InventorySnapshot held) {
        this.held = held;
    }

    /** The same machines in the same order, with more that is known. */
    protected abstract List<VmFacts> joined(List<VmFacts> machines);

    @Override
    public final Optional<VmFacts> vm(String id) {
        return held.vm(id).map(facts -> joined(List.of(facts)).get(0));
    }

    @Override
    public final Page<VmFacts> vms(@Nullable String cursor, int limit) {
        Page<VmFacts> page = held.vms(cursor, limit);
        return new Page<>(joined(page.items()), page.next());
    }

    @Override
    public List<VmFacts> group(String name) {
        return held.group(name);
    }

    @Override
    public final List<HeldManifest> manifests(String vm) {
        return held.manifests(vm);
    }

    @Override
    public final int vmCount() {
        return held.vmCount();
    }

    @Override
    public final Optional<Target> target(String id) {
        return held.target(id);
    }

    @Override
    public final Page<Target> targets(@Nullable String cursor, int limit) {
        return held.targets(cursor, limit);
    }

    @Override
    public final Collection<Target> targets() {
        return held.targets();
    }

    @Override
    public final Pricing pricing() {
        return held.pricing();
    }

    @Override
    public final long catalogVersion() {
        return held.catalogVersion();
    }
}
