package io.regrade.ledger.memory;

import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.HeldManifest;
import io.regrade.ledger.Inventory.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a change does to one state, entry by entry; an empty entry is one that goes. Immutable.
 *
 * @param vms machines by id
 * @param targets targets by id
 * @param manifests what manifests say, by machine and name
 * @param pricing the new business model, null when it stays
 */
public record Patch(
        Map<String, Optional<VmFacts>> vms,
        Map<String, Optional<Target>> targets,
        Map<String, Optional<HeldManifest>> manifests,
        @Nullable Pricing pricing) {

    /** Copies the maps. */
    public Patch {
        vms = java.util.Collections.unmodifiableMap(new TreeMap<>(vms));
        targets = java.util.Collections.unmodifiableMap(new TreeMap<>(targets));
        manifests = java.util.Collections.unmodifiableMap(new TreeMap<>(manifests));
    }

    /**
     * Works out what a change does.
     *
     * @throws ExpectationFailedException when the state is not as expected
     */
    public static Patch of(MemorySnapshot state, Change change, Expectation expectation) {
        check(state, change, expectation);
        Map<String, Optional<VmFacts>> vms = new TreeMap<>();
        Map<String, Optional<Target>> targets = new TreeMap<>();
        Map<String, Optional<HeldManifest>> manifests = new TreeMap<>();
        Pricing pricing = null;
        if (change instanceof Change.PutVms put) {
            put(vms, put.vms());
        } else if (change instanceof Change.DescribeVms describe) {
            List<VmFacts> described = new ArrayList<>();
            describe.vms().forEach(vm -> described.add(described(state, vm)));
            put(vms, described);
        } else if (change instanceof Change.PutTargets put) {
            put.targets().forEach(target -> targets.put(target.id(), Optional.of(target)));
        } else if (change instanceof Change.RemoveVm remove) {
            state.vm(remove.id()).ifPresent(held -> vms.put(remove.id(), Optional.empty()));
            state.manifests(remove.id()).forEach(held -> manifests.put(held.key(), Optional.empty()));
        } else if (change instanceof Change.PutManifest put) {
            if (state.vm(put.manifest().vm()).isPresent()) { // nothing is said of a machine that went meanwhile
                manifests.put(put.manifest().key(), Optional.of(put.manifest()));
            }
        } else if (change instanceof Change.RemoveManifest remove) {
            String key = HeldManifest.key(remove.vm(), remove.name());
            boolean held = state.manifests(remove.vm()).stream()
                    .anyMatch(one -> one.name().equals(remove.name()));
            if (held) {
                manifests.put(key, Optional.empty());
            }
        } else if (change instanceof Change.RemoveTarget remove) {
            state.target(remove.id()).ifPresent(held -> targets.put(remove.id(), Optional.empty()));
        } else if (change instanceof Change.ReplaceAll all) {
            state.allVms().forEach(held -> vms.put(held.vm().id(), Optional.empty()));
            state.targets().forEach(held -> targets.put(held.id(), Optional.empty()));
            state.allManifests().forEach(held -> manifests.put(held.key(), Optional.empty()));
            put(vms, all.vms());
            all.targets().forEach(target -> targets.put(target.id(), Optional.of(target)));
            pricing = all.pricing();
        } else {
            throw new IllegalArgumentException("an unknown change: " + change);
        }
        return new Patch(vms, targets, manifests, pricing);
    }

    private static void put(Map<String, Optional<VmFacts>> vms, List<VmFacts> given) {
        given.forEach(facts -> vms.put(facts.vm().id(), Optional.of(withoutGroup(facts))));
    }

    private static VmFacts described(MemorySnapshot state, Vm vm) {
        return state.vm(vm.id())
                .map(held -> new VmFacts(vm, held.usage(), held.modules(), held.sla(), List.of()))
                .orElseGet(() -> new VmFacts(vm, List.of(), List.of(), null, List.of()));
    }

    private static VmFacts withoutGroup(VmFacts facts) {
        return facts.redundancy().isEmpty()
                ? facts
                : new VmFacts(facts.vm(), facts.usage(), facts.modules(), facts.sla(), List.of());
    }

    /** Whether it changes nothing. */
    public boolean isEmpty() {
        return vms.isEmpty() && targets.isEmpty() && manifests.isEmpty() && pricing == null;
    }

    /** What it does to a state, in numbers; manifests count where nothing else is changed. */
    public Outcome outcome(MemorySnapshot state) {
        int[] counts = new int[3];
        vms.forEach((id, entry) -> count(entry, state.vm(id), counts));
        targets.forEach((id, entry) -> count(entry, state.target(id), counts));
        if (vms.isEmpty() && targets.isEmpty()) {
            manifests.forEach((key, entry) -> count(entry, held(state, key), counts));
        }
        return new Outcome(counts[0], counts[1], counts[2]);
    }

    private static Optional<HeldManifest> held(MemorySnapshot state, String key) {
        return state.manifests(key.substring(0, key.indexOf('\n'))).stream()
                .filter(one -> one.key().equals(key))
                .findFirst();
    }

    private static void count(Optional<?> entry, Optional<?> held, int[] counts) {
        if (entry.isEmpty()) {
            counts[2] += held.isPresent() ? 1 : 0;
        } else {
            counts[held.isPresent() ? 1 : 0]++;
        }
    }

    private static void check(MemorySnapshot state, Change change, Expectation expectation) {
        if (expectation.isAny()) {
            return;
        }
        String id;
        Optional<String> tag;
        if (change instanceof Change.PutVms put && put.vms().size() == 1) {
            id = put.vms().get(0).vm().id();
            tag = state.vm(id).map(Expectation::tag);
        } else if (change instanceof Change.RemoveVm remove) {
            id = remove.id();
            tag = state.vm(id).map(Expectation::tag);
        } else if (change instanceof Change.PutTargets put && put.targets().size() == 1) {
            id = put.targets().get(0).id();
            tag = state.target(id).map(Expectation::tag);
        } else if (change instanceof Change.RemoveTarget remove) {
            id = remove.id();
            tag = state.target(id).map(Expectation::tag);
        } else {
            throw new IllegalArgumentException("only the change of one thing can have an expectation");
        }
        if (!expectation.holds(tag)) {
            throw new ExpectationFailedException(
                    tag.isEmpty()
                            ? "`" + id + "` is not held"
                            : expectation.absent()
                                    ? "`" + id + "` is already held"
                                    : "`" + id + "` has changed since it was read");
        }
    }
}
