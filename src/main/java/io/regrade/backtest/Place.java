package io.regrade.backtest;

import io.regrade.decision.Decision;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import org.jspecify.annotations.Nullable;

/**
 * Where a machine runs after advice was followed.
 *
 * @param vcpu its processors there; NaN when unknown
 * @param memoryGib its memory there, GiB; NaN when unknown
 * @param priceUsdHour what it costs there, US dollars an hour; NaN when unknown
 * @param moved whether that is another place than before
 * @param risk the risk that was projected, 0 to 4; NaN when none was
 */
record Place(double vcpu, double memoryGib, double priceUsdHour, boolean moved, double risk) {

    /** Where the machine is. */
    static Place of(Vm vm) {
        return new Place(vm.capacity().vcpu(), vm.capacity().memoryGib(), vm.priceUsdHour(), false, Double.NaN);
    }

    /** On a target; where it is when there is none. */
    static Place on(@Nullable Target target, Vm vm) {
        return target == null
                ? of(vm)
                : new Place(
                        target.capacity().vcpu(),
                        target.capacity().memoryGib(),
                        target.priceUsdHour(),
                        !String.valueOf(target.type()).equals(vm.type()),
                        Double.NaN);
    }

    /** Where a decision puts it. A new machine has as much of what it requires nothing of as the old one. */
    static Place after(Decision decision, Vm vm) {
        Target target = decision.target();
        if (target != null) {
            return new Place(
                    target.capacity().vcpu(),
                    target.capacity().memoryGib(),
                    target.priceUsdHour(),
                    true,
                    decision.risk());
        }
        Instantiation made = decision.instantiation();
        if (made != null) {
            var capacity = made.configuration().minimum().orElse(vm.capacity());
            return new Place(capacity.vcpu(), capacity.memoryGib(), made.priceUsdHour(), true, Double.NaN);
        }
        return of(vm);
    }
}
