package io.regrade.backtest;

import io.regrade.catalog.Catalog;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The classes that baselines and the oracle choose from: x86-64, without accelerators, not burstable, with a price, in the
 * machine's own cloud and region. Immutable.
 */
final class PlainClasses {

    private final List<Target> byPrice;

    PlainClasses(Catalog catalog) {
        this.byPrice = catalog.targets().stream().filter(PlainClasses::isPlain).toList();
    }

    private static boolean isPlain(Target target) {
        return target.kind() == Target.Kind.CLASS
                && "x86_64".equals(target.arch())
                && Boolean.FALSE.equals(target.burstable())
                && !(target.capacity().of(Resource.GPU) > 0)
                && !Double.isNaN(target.priceUsdHour())
                && target.isAvailable();
    }

    /** All of them, cheapest first. */
    List<Target> all() {
        return byPrice;
    }

    /** The cheapest that offers what is wanted, or as much as the machine has where that cannot be told; null without. */
    @Nullable
    Target cheapest(Vm vm, Wanted wanted) {
        double vcpu = Double.isNaN(wanted.vcpu()) ? vm.capacity().vcpu() : wanted.vcpu();
        double memory = Double.isNaN(wanted.memoryGib()) ? vm.capacity().memoryGib() : wanted.memoryGib();
        for (Target target : byPrice) {
            if (target.capacity().vcpu() >= vcpu
                    && target.capacity().memoryGib() >= memory
                    && isSame(vm.cloud(), target.cloud())
                    && isSame(vm.region(), target.region())) {
                return target;
            }
        }
        return null;
    }

    private static boolean isSame(@Nullable String of, @Nullable String offered) {
        return of == null || of.equals(offered);
    }
}
