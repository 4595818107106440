package io.regrade.backtest;

import io.regrade.decision.Decision;
import io.regrade.fact.Capacity;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import org.jspecify.annotations.Nullable;

/** What is known of a machine after it was moved as advised. Stateless. */
final class Moved {

    private Moved() {}

    /** The machine where a decision puts it; the same where the decision keeps it. */
    static VmFacts to(VmFacts facts, Decision decision) {
        Vm vm = facts.vm();
        Target target = decision.target();
        Instantiation made = decision.instantiation();
        if (target != null) {
            return at(facts, target.type(), target.capacity().orElse(vm.capacity()), target.priceUsdHour());
        }
        if (made != null) {
            return at(facts, null, made.configuration().minimum().orElse(vm.capacity()), made.priceUsdHour());
        }
        return facts;
    }

    private static VmFacts at(VmFacts facts, @Nullable String type, Capacity capacity, double priceUsdHour) {
        Vm vm = facts.vm();
        Vm there = new Vm(
                vm.id(),
                vm.name(),
                vm.cloud(),
                vm.region(),
                type,
                vm.arch(),
                capacity,
                vm.os(),
                vm.features(),
                priceUsdHour,
                vm.group(),
                vm.owner(),
                vm.tags());
        return new VmFacts(
                there,
                facts.usage(),
                facts.modules(),
                facts.sla(),
                facts.redundancy(),
                facts.dismissals(),
                facts.counterOffer());
    }
}
