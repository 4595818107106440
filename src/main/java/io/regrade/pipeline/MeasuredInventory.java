package io.regrade.pipeline;

import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.fact.VmFacts;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.ledger.Change;
import io.regrade.ledger.Expectation;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.ledger.JoinedSnapshot;
import io.regrade.ledger.LedgerAnswer;
import io.regrade.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

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

    /**
     * One state of what is held; what monitors sent is that of the moment at which it is asked for. Of the other members of a
     * group only what they have counts, not what they used.
     */
    private final class Measured extends JoinedSnapshot {

        private Measured(InventorySnapshot state) {
            super(state);
        }

        @Override
        protected List<VmFacts> joined(List<VmFacts> machines) {
            return measured(machines);
        }
    }
}
