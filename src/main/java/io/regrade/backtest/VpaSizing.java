package io.regrade.backtest;

import io.regrade.intake.telemetry.Measure;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sizes as the recommender of Kubernetes' Vertical Pod Autoscaler does by its defaults.
 *
 * <p>Processors: a histogram whose bucket i starts at 0.01 · (1.05^i − 1) / 0.05 vCPU; a sample of v vCPU weighs
 * max(0.1, v), halved for each day of its age; 1.15 times the upper edge of the bucket of the 90th percentile. Memory:
 * 1.15 times the 90th percentile of the daily peaks, which weigh half for each day of their age. Days are counted from
 * the first sample. Source: kubernetes/autoscaler, vertical-pod-autoscaler/pkg/recommender.
 */
public final class VpaSizing implements Baseline {

    private static final double FIRST_BUCKET = 0.01;
    private static final double RATIO = 1.05;
    private static final double LEAST_WEIGHT = 0.1;
    private static final double QUANTILE = 0.9;
    private static final double MARGIN = 1.15;
    private static final long SECONDS_A_DAY = 86_400;

    @Override
    public String name() {
        return "VPA";
    }

    @Override
    public Wanted wanted(Window past, long decidedAt) {
        return new Wanted(MARGIN * cpu(past), MARGIN * memory(past));
    }

    private static double cpu(Window past) {
        TreeMap<Double, Double> histogram = new TreeMap<>();
        long last = past.series().time(past.to() - 1);
        for (int i = past.from(); i < past.to(); i++) {
            double used = past.series().amount(Measure.CPU_VCPU, i);
            if (!Double.isNaN(used)) {
                double weight = Math.max(LEAST_WEIGHT, used)
                        * halved(last - past.series().time(i));
                histogram.merge(upperEdge(used), weight, Double::sum);
            }
        }
        return quantile(histogram);
    }

    /** Where the bucket ends that an amount falls into, vCPU. */
    private static double upperEdge(double vcpu) {
        double bucket = Math.floor(Math.log(vcpu / FIRST_BUCKET * (RATIO - 1) + 1) / Math.log(RATIO));
        return FIRST_BUCKET * (Math.pow(RATIO, bucket + 1) - 1) / (RATIO - 1);
    }

    private static double memory(Window past) {
        TreeMap<Long, Double> peaks = new TreeMap<>();
        for (int i = past.from(); i < past.to(); i++) {
            double used = past.series().amount(Measure.MEMORY_GIB, i);
            if (!Double.isNaN(used)) {
                long day = (past.series().time(i) - past.series().time(past.from())) / SECONDS_A_DAY;
                peaks.merge(day, used, Math::max);
            }
        }
        TreeMap<Double, Double> weights = new TreeMap<>();
        peaks.forEach((day, peak) -> weights.merge(peak, halved((peaks.lastKey() - day) * SECONDS_A_DAY), Double::sum));
        return quantile(weights);
    }

    /** The lowest amount that 90 % of the weight does not exceed; NaN without any. */
    private static double quantile(SortedMap<Double, Double> weights) {
        double total = weights.values().stream().mapToDouble(weight -> weight).sum();
        double reached = 0;
        for (Map.Entry<Double, Double> one : weights.entrySet()) {
            reached += one.getValue();
            if (reached >= QUANTILE * total) {
                return one.getKey();
            }
        }
        return Double.NaN;
    }

    private static double halved(long ageSeconds) {
        return Math.pow(2, -(double) ageSeconds / SECONDS_A_DAY);
    }
}
