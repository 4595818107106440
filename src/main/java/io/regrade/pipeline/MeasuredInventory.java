package io.regrade.pipeline;

import io.regrade.fact.Pricing;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.HeldManifest;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.ledger.Page;
import io.regrade.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * An inventory as it is decided on: machines with what monitors sent of them. Of each resource, the usage that covers more
 * days counts, what monitors sent or what is held with the machine; of equals, what monitors sent. Thread-safe; asking for
 * machines waits for the store, and fails with {@link io.regrade.ledger.LedgerUnavailableException} when it is away.
 */
public final class MeasuredInventory implements Inventory {

    private static final int AT_ONCE = 200;

    private final Inventory held;
    private final Telemetry telemetry;

    public MeasuredInventory(Inventory held, Telemetry telemetry) {
        this.held = held;
        this.telemetry = telemetry;
    }

    @Override
    public InventorySnapshot snapshot() {
        return new Measured(held.snapshot());
    }

    @Override
    public CompletionStage<Outcome> apply(Change change, Expectation expectation) {
        return held.apply(change, expectation);
    }

    private List<VmFacts> measured(List<VmFacts> machines) {
        List<VmFacts> all = new ArrayList<>(machines.size());
        for (int from = 0; from < machines.size(); from += AT_ONCE) {
            List<VmFacts> part = machines.subList(from, Math.min(from + AT_ONCE, machines.size()));
            Map<String, MeasuredHours> hours = LedgerAnswer.await(
                    telemetry.hours(part.stream().map(facts -> facts.vm().id()).toList(), null, null));
            part.forEach(facts -> {
                MeasuredHours measured = hours.get(facts.vm().id());
                all.add(measured == null ? facts : joined(facts, measured.usage()));
            });
        }
        return all;
    }

    private static VmFacts joined(VmFacts facts, List<Usage> measured) {
        Map<Resource, Usage> usage = new EnumMap<>(Resource.class);
        facts.usage().forEach(one -> usage.put(one.resource(), one));
        measured.forEach(one -> usage.merge(
                one.resource(), one, (given, sent) -> sent.coveredDays() >= given.coveredDays() ? sent : given));
        return facts.measured(List.copyOf(usage.values()));
    }

    /** One state of what is held; what monitors sent is that of the moment at which it is asked for. */
    private final class Measured implements InventorySnapshot {

        private final InventorySnapshot state;

        private Measured(InventorySnapshot state) {
            this.state = state;
        }

        @Override
        public Optional<VmFacts> vm(String id) {
            return state.vm(id).map(facts -> measured(List.of(facts)).get(0));
        }

        /** Of the other members of a group only what they have counts, not what they used. */
        @Override
        public List<VmFacts> group(String name) {
            return state.group(name);
        }

        @Override
        public Page<VmFacts> vms(@Nullable String cursor, int limit) {
            Page<VmFacts> page = state.vms(cursor, limit);
            return new Page<>(measured(page.items()), page.next());
        }

        @Override
        public List<HeldManifest> manifests(String vm) {
            return state.manifests(vm);
        }

        @Override
        public int vmCount() {
            return state.vmCount();
        }

        @Override
        public Optional<Target> target(String id) {
            return state.target(id);
        }

        @Override
        public Page<Target> targets(@Nullable String cursor, int limit) {
            return state.targets(cursor, limit);
        }

        @Override
        public Collection<Target> targets() {
            return state.targets();
        }

        @Override
        public Pricing pricing() {
            return state.pricing();
        }

        @Override
        public long catalogVersion() {
            return state.catalogVersion();
        }
    }
}
