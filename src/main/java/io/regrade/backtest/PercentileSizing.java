package io.regrade.backtest;

import io.regrade.intake.telemetry.Measure;

/**
 * Sizes by a percentile of processor use and the maximum of memory use over a look-back window.
 *
 * @param name what it is called in reports
 * @param lookBackDays how far it looks back, in days; 0 for all there is
 * @param cpuQuantile the quantile of processor use, 0 to 1
 * @param cpuUtilisation the share of the processors that this quantile may fill
 * @param memoryFactor how many times the highest memory use is asked for
 */
public record PercentileSizing(
        String name, long lookBackDays, double cpuQuantile, double cpuUtilisation, double memoryFactor)
        implements Baseline {

    @Override
    public Wanted wanted(Window past, long decidedAt) {
        Window seen = lookBackDays == 0 ? past : past.lastDays(lookBackDays, decidedAt);
        return new Wanted(
                seen.quantile(Measure.CPU_VCPU, cpuQuantile) / cpuUtilisation,
                seen.max(Measure.MEMORY_GIB) * memoryFactor);
    }
}
