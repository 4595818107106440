package io.regrade.pipeline.fleet;

import io.regrade.fact.Action;
import io.regrade.fact.Vm;
import org.jspecify.annotations.Nullable;

/**
 * A machine that is held, and the last advice on it.
 *
 * @param vm the machine
 * @param advice what was last decided, null when nothing was
 */
public record FleetRow(Vm vm, @Nullable LastAdvice advice) {

    private static final double HOURS_A_MONTH = 730;

    /** What it costs, US dollars a month; NaN when unknown. */
    public double priceUsdMonth() {
        return advice != null && !Double.isNaN(advice.priceUsdMonthNow())
                ? advice.priceUsdMonthNow()
                : vm.priceUsdHour() * HOURS_A_MONTH;
    }

    /** What is advised; null when nothing was decided. */
    public @Nullable Action action() {
        return advice == null ? null : advice.action();
    }

    /** What it is advised to save, US dollars a month; NaN when unknown, or when it is to stay as it is. */
    public double savingUsdMonth() {
        return moves() && advice != null ? advice.savingUsdMonth() : Double.NaN;
    }

    /** The risk of what is advised, 0 to 4; NaN when unknown, or when it is to stay as it is. */
    public double risk() {
        return moves() && advice != null ? advice.risk() : Double.NaN;
    }

    private boolean moves() {
        return action() == Action.RECLASSIFY || action() == Action.INSTANTIATE;
    }
}
