package io.regrade.bench;

import io.regrade.bench.Answer.BenefitOf;
import io.regrade.fact.Benefit;
import io.regrade.fact.Projection;
import io.regrade.fact.Sla;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy's phases {@code match} and {@code benefit} by hand: what one target is worth, and whether it may be. */
final class HandTargets {

    private final HandLimits limits;
    private final @Nullable Sla sla;
    private final int gaps;

    HandTargets(HandLimits limits, @Nullable Sla sla, int gaps) {
        this.limits = limits;
        this.sla = sla;
        this.gaps = gaps;
    }

    boolean vetoed(Projection p) {
        boolean burstable = Boolean.TRUE.equals(p.target().burstable())
                && p.cpuMeanUtilisation() > limits.burstableMeanUtilisation();
        boolean agreed = sla != null
                && (p.priceUsdMonth() > sla.maxPriceUsdMonth()
                        || p.saturatedHoursMonth() > sla.maxSaturatedHoursMonth());
        return burstable || agreed || p.risk() > limits.acceptedRisk();
    }

    /** The worth of all benefits, US dollars a month. */
    double net(Projection p) {
        double net = p.isSavingKnown() ? p.savingUsdMonth() : 0;
        if (p.savedHoursMonth() > 0 || p.savedHoursMonth() < 0) {
            net += p.savedHoursMonth() * limits.saturatedHourWorth();
        }
        net += gaps * limits.securityGapWorth();
        if (p.freedVcpu() > 0) {
            net += p.freedVcpu() * limits.freedVcpuWorth();
        }
        return p.freedMemoryGib() > 0 ? net + p.freedMemoryGib() * limits.freedGibWorth() : net;
    }

    /** The same one by one, for the chosen target. */
    List<BenefitOf> benefits(Projection p) {
        List<BenefitOf> benefits = new ArrayList<>(4);
        if (p.isSavingKnown()) {
            benefits.add(new BenefitOf("cost", Benefit.Kind.COST, p.savingUsdMonth(), p.savingUsdMonth()));
        }
        if (p.freedMemoryGib() > 0) {
            benefits.add(priced("memory-freed", Benefit.Kind.RESOURCE, p.freedMemoryGib(), limits.freedGibWorth()));
        }
        if (p.savedHoursMonth() > 0 || p.savedHoursMonth() < 0) {
            benefits.add(
                    priced("performance", Benefit.Kind.PERFORMANCE, p.savedHoursMonth(), limits.saturatedHourWorth()));
        }
        if (p.freedVcpu() > 0) {
            benefits.add(priced("processors-freed", Benefit.Kind.RESOURCE, p.freedVcpu(), limits.freedVcpuWorth()));
        }
        for (int i = 0; i < gaps; i++) {
            benefits.add(priced("security", Benefit.Kind.SECURITY, 1, limits.securityGapWorth()));
        }
        return benefits;
    }

    private static BenefitOf priced(String rule, Benefit.Kind kind, double amount, double usdEach) {
        return new BenefitOf(rule, kind, amount, amount * usdEach);
    }
}
