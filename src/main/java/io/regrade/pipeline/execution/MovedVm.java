package io.regrade.pipeline.execution;

import io.regrade.execute.Order;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a machine is once it has the class of a target. Stateless. */
final class MovedVm {

    private MovedVm() {}

    /**
     * The machine on a target: its class, capacity, price and place are the target's; what the target does not say stays. A
     * feature that its old class brought, and the new one does not, is gone.
     *
     * @param old the target that stands for the class it has, empty when none does
     */
    static Vm on(Vm vm, Target target, Optional<Target> old) {
        Set<String> features = new TreeSet<>(vm.features());
        old.ifPresent(left -> features.removeAll(left.features()));
        features.addAll(target.features());
        return new Vm(
                vm.id(),
                vm.name(),
                target.cloud() == null ? vm.cloud() : target.cloud(),
                target.region() == null ? vm.region() : target.region(),
                target.type() == null ? target.id() : target.type(),
                target.arch() == null ? vm.arch() : target.arch(),
                target.capacity().orElse(vm.capacity()),
                vm.os(),
                features,
                target.priceUsdHour(),
                vm.group(),
                vm.owner(),
                vm.tags());
    }

    /** A machine as it is held, after an order was carried out: all that the order changes is as it says, the rest stays. */
    static Vm by(Order order, Vm held) {
        Set<String> features = new TreeSet<>(held.features());
        order.before().features().stream()
                .filter(feature -> !order.after().features().contains(feature))
                .forEach(features::remove);
        order.after().features().stream()
                .filter(feature -> !order.before().features().contains(feature))
                .forEach(features::add);
        Vm after = order.after();
        return new Vm(
                held.id(),
                held.name(),
                after.cloud(),
                after.region(),
                after.type(),
                after.arch(),
                after.capacity(),
                held.os(),
                features,
                after.priceUsdHour(),
                held.group(),
                held.owner(),
                held.tags());
    }
}
