package io.regrade.ledger.memory;

import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Cursors;
import io.regrade.ledger.HeldManifest;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.Page;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One state of the inventory in memory. */
public final class MemorySnapshot implements InventorySnapshot {

    /** Nothing is held. */
    public static final MemorySnapshot EMPTY =
            new MemorySnapshot(new TreeMap<>(), Map.of(), new TreeMap<>(), new TreeMap<>(), Pricing.HOURLY, 0);

    private static final char VM_LIST = 'v';
    private static final char TARGET_LIST = 't';

    private final NavigableMap<String, VmFacts> vms;
    private final Map<String, List<VmFacts>> groups;
    private final NavigableMap<String, HeldManifest> manifests;
    private final NavigableMap<String, Target> targets;
    private final Pricing pricing;
    private final long catalogVersion;

    private MemorySnapshot(
            NavigableMap<String, VmFacts> vms,
            Map<String, List<VmFacts>> groups,
            NavigableMap<String, HeldManifest> manifests,
            NavigableMap<String, Target> targets,
            Pricing pricing,
            long catalogVersion) {
        this.vms = vms;
        this.groups = groups;
        this.manifests = manifests;
        this.targets = targets;
        this.pricing = pricing;
        this.catalogVersion = catalogVersion;
    }

    /** The same state with other machines; the map is handed over. */
    private MemorySnapshot withVms(TreeMap<String, VmFacts> newVms) {
        Map<String, List<VmFacts>> newGroups = new HashMap<>();
        for (VmFacts facts : newVms.values()) {
            String group = facts.vm().group();
            if (group != null) {
                newGroups.computeIfAbsent(group, name -> new ArrayList<>()).add(facts);
            }
        }
        return new MemorySnapshot(newVms, newGroups, manifests, targets, pricing, catalogVersion);
    }

    /** The same state with other targets and prices; the map is handed over. */
    private MemorySnapshot withTargets(TreeMap<String, Target> newTargets, Pricing newPricing) {
        return new MemorySnapshot(vms, groups, manifests, newTargets, newPricing, catalogVersion + 1);
    }

    /** The same state with other manifests; the map is handed over. */
    private MemorySnapshot withManifests(TreeMap<String, HeldManifest> newManifests) {
        return new MemorySnapshot(vms, groups, newManifests, targets, pricing, catalogVersion);
    }

    /** This state after a patch. */
    public MemorySnapshot patched(Patch patch) {
        MemorySnapshot patched = this;
        if (!patch.vms().isEmpty()) {
            patched = patched.withVms(patched(vms, patch.vms()));
        }
        if (!patch.manifests().isEmpty()) {
            patched = patched.withManifests(patched(manifests, patch.manifests()));
        }
        Pricing newPricing = patch.pricing();
        Pricing next = newPricing == null ? pricing : newPricing;
        if (!patch.targets().isEmpty() || !next.equals(pricing)) {
            patched = patched.withTargets(patched(targets, patch.targets()), next);
        }
        return patched;
    }

    private static <T> TreeMap<String, T> patched(NavigableMap<String, T> all, Map<String, Optional<T>> entries) {
        TreeMap<String, T> copy = new TreeMap<>(all);
        entries.forEach((id, entry) -> entry.ifPresentOrElse(thing -> copy.put(id, thing), () -> copy.remove(id)));
        return copy;
    }

    /** All machines, by id. */
    Collection<VmFacts> allVms() {
        return vms.values();
    }

    @Override
    public Optional<VmFacts> vm(String id) {
        return Optional.ofNullable(vms.get(id));
    }

    @Override
    public List<VmFacts> group(String name) {
        return Collections.unmodifiableList(groups.getOrDefault(name, List.of()));
    }

    @Override
    public Page<VmFacts> vms(@Nullable String cursor, int limit) {
        return page(vms, VM_LIST, facts -> facts.vm().id(), cursor, limit);
    }

    /** All manifests, by machine and name. */
    Collection<HeldManifest> allManifests() {
        return manifests.values();
    }

    @Override
    public List<HeldManifest> manifests(String vm) {
        return manifests.isEmpty()
                ? List.of()
                : List.copyOf(manifests
                        .subMap(HeldManifest.key(vm, ""), HeldManifest.key(vm, "\uffff"))
                        .values());
    }

    @Override
    public int vmCount() {
        return vms.size();
    }

    @Override
    public Optional<Target> target(String id) {
        return Optional.ofNullable(targets.get(id));
    }

    @Override
    public Page<Target> targets(@Nullable String cursor, int limit) {
        return page(targets, TARGET_LIST, Target::id, cursor, limit);
    }

    @Override
    public Collection<Target> targets() {
        return Collections.unmodifiableCollection(targets.values());
    }

    @Override
    public Pricing pricing() {
        return pricing;
    }

    @Override
    public long catalogVersion() {
        return catalogVersion;
    }

    private static <T> Page<T> page(
            NavigableMap<String, T> all, char list, Function<T, String> id, @Nullable String cursor, int limit) {
        Collection<T> rest = cursor == null
                ? all.values()
                : all.tailMap(Cursors.key(list, cursor), false).values();
        List<T> items = new ArrayList<>(Math.min(limit, 1024));
        for (T item : rest) {
            if (items.size() == limit) {
                return new Page<>(items, Cursors.of(list, id.apply(items.get(limit - 1))));
            }
            items.add(item);
        }
        return new Page<>(items, null);
    }
}
