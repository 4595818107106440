package io.regrade.ledger.memory;

import io.regrade.fact.Pricing;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.ExpectationFailedException;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
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
            check(change, expectation);
        } catch (ExpectationFailedException e) {
            return CompletableFuture.failedFuture(e);
        }
        return CompletableFuture.completedFuture(applied(change));
    }

    private void check(Change change, Expectation expectation) {
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

    private Outcome applied(Change change) {
        if (change instanceof Change.PutVms put) {
            return putVms(put.vms());
        } else if (change instanceof Change.DescribeVms describe) {
            return putVms(describe.vms().stream().map(this::described).toList());
        } else if (change instanceof Change.PutTargets put) {
            return putTargets(put.targets());
        } else if (change instanceof Change.RemoveVm remove) {
            TreeMap<String, VmFacts> vms = state.copyOfVms();
            int removed = vms.remove(remove.id()) == null ? 0 : 1;
            state = state.withVms(vms);
            return new Outcome(0, 0, removed);
        } else if (change instanceof Change.RemoveTarget remove) {
            TreeMap<String, Target> targets = state.copyOfTargets();
            int removed = targets.remove(remove.id()) == null ? 0 : 1;
            state = removed == 0 ? state : state.withTargets(targets, state.pricing());
            return new Outcome(0, 0, removed);
        } else if (change instanceof Change.ReplaceAll all) {
            return replaceAll(all.vms(), all.targets(), all.pricing());
        }
        throw new IllegalArgumentException("an unknown change: " + change);
    }

    private VmFacts described(Vm vm) {
        return state.vm(vm.id())
                .map(held -> new VmFacts(vm, held.usage(), held.modules(), held.sla(), List.of()))
                .orElseGet(() -> new VmFacts(vm, List.of(), List.of(), null, List.of()));
    }

    private Outcome putVms(List<VmFacts> given) {
        TreeMap<String, VmFacts> vms = state.copyOfVms();
        int before = vms.size();
        int changed = 0;
        TreeMap<String, VmFacts> distinct = new TreeMap<>();
        given.forEach(facts -> distinct.put(facts.vm().id(), withoutGroup(facts)));
        for (var entry : distinct.entrySet()) {
            changed += vms.put(entry.getKey(), entry.getValue()) == null ? 0 : 1;
        }
        state = state.withVms(vms);
        return new Outcome(vms.size() - before, changed, 0);
    }

    private Outcome putTargets(List<Target> given) {
        TreeMap<String, Target> targets = state.copyOfTargets();
        int before = targets.size();
        TreeMap<String, Target> distinct = new TreeMap<>();
        given.forEach(target -> distinct.put(target.id(), target));
        int changed = 0;
        for (var entry : distinct.entrySet()) {
            changed += targets.put(entry.getKey(), entry.getValue()) == null ? 0 : 1;
        }
        state = state.withTargets(targets, state.pricing());
        return new Outcome(targets.size() - before, changed, 0);
    }

    private Outcome replaceAll(List<VmFacts> allVms, List<Target> allTargets, Pricing pricing) {
        int removed = state.vmCount() + state.targets().size();
        TreeMap<String, VmFacts> vms = new TreeMap<>();
        allVms.forEach(facts -> vms.put(facts.vm().id(), withoutGroup(facts)));
        TreeMap<String, Target> targets = new TreeMap<>();
        allTargets.forEach(target -> targets.put(target.id(), target));
        state = state.withVms(vms).withTargets(targets, pricing);
        return new Outcome(vms.size() + targets.size(), 0, removed);
    }

    private static VmFacts withoutGroup(VmFacts facts) {
        return facts.redundancy().isEmpty()
                ? facts
                : new VmFacts(facts.vm(), facts.usage(), facts.modules(), facts.sla(), List.of());
    }
}
