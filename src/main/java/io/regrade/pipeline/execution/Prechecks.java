package io.regrade.pipeline.execution;

import io.regrade.decision.Decision;
import io.regrade.execute.Check;
import io.regrade.fact.Action;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Inventory;
import io.regrade.ledger.InventorySnapshot;
import io.regrade.pipeline.DecideVm;
import io.regrade.pipeline.HeldFleet;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether what was approved still holds: the policy, the machine, the target, and what all of them lead to. Thread-safe. */
final class Prechecks {

    private final HeldFleet fleet;
    private final Inventory inventory;
    private final Clock clock;

    /** Over the fleet as it is decided on; {@code inventory} as it is decided on, too. */
    Prechecks(HeldFleet fleet, Inventory inventory, Clock clock) {
        this.fleet = fleet;
        this.inventory = inventory;
        this.clock = clock;
    }

    /** What holds of an approved move and what does not. */
    List<Check> of(Approved approved) {
        InventorySnapshot state = inventory.snapshot();
        List<Check> checks = new ArrayList<>();
        Optional<VmFacts> held = state.vm(approved.vm().id());
        checks.add(machine(approved.vm(), held.map(VmFacts::vm)));
        checks.add(target(approved.target(), state.target(approved.target().id())));
        held.ifPresent(facts -> checks.addAll(again(approved, facts)));
        return checks;
    }

    /** Whether a machine is as it was left; for what follows from no decision. */
    Check left(Vm left) {
        return machine(left, inventory.snapshot().vm(left.id()).map(VmFacts::vm));
    }

    private static Check machine(Vm then, Optional<Vm> now) {
        if (now.isEmpty()) {
            return Check.fails("machine", "machine `" + then.id() + "` is not held any more");
        }
        return now.get().equals(then)
                ? Check.holds("machine", "it is held as it was decided on")
                : Check.fails("machine", "what is held of it has changed since: " + Changed.between(then, now.get()));
    }

    private static Check target(Target then, Optional<Target> now) {
        if (now.isEmpty()) {
            return Check.fails("target", "target `" + then.id() + "` is not held any more");
        }
        Target same = now.get().offered(now.get().priceUsdHour(), then.available());
        if (!same.equals(then)) {
            return Check.fails(
                    "target", "target `" + then.id() + "` has changed since: " + Changed.between(then, same));
        }
        return now.get().isAvailable()
                ? Check.holds("target", "target `" + then.id() + "` is offered as it was")
                : Check.fails("target", "target `" + then.id() + "` is not available any more");
    }

    /** Decides the machine again, as it is now, and leaves nothing behind. */
    private List<Check> again(Approved approved, VmFacts held) {
        try (HeldFleet.Question question = fleet.ask(null)) {
            EvaluationTime time = new EvaluationTime(clock.instant());
            DecideVm decide = question.decider(held.vm());
            String active = decide.policy().ref().digest();
            Check policy = active.equals(approved.policy().digest())
                    ? Check.holds("policy", "the policy that decided it is active")
                    : Check.fails(
                            "policy",
                            "policy `" + approved.policy().name() + "` has changed since: it decides by `" + active
                                    + "` now");
            Decision now = decide.decide(question.machine(held, time.at()), time);
            Target target = now.target();
            boolean same = now.action() == Action.RECLASSIFY
                    && target != null
                    && target.id().equals(approved.target().id());
            Check still = same
                    ? Check.holds("advice", "it would be decided so again")
                    : Check.fails(
                            "advice",
                            "it would not be decided so again: " + now.action().key()
                                    + (target == null ? "" : " to `" + target.id() + "`") + ", " + now.why());
            return List.of(policy, still);
        }
    }
}
