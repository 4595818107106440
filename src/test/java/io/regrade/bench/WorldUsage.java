package io.regrade.bench;

import io.regrade.fact.Distribution;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** Usage of a resource as a month of measurements leaves it: bins that are 2 % apart, most samples near the median. */
final class WorldUsage {

    private static final Instant END = Instant.parse("2025-05-31T00:00:00Z");
    private static final int SAMPLES = 4_000;
    private static final double GROWTH = 1.02;

    private final SplittableRandom random;

    WorldUsage(SplittableRandom random) {
        this.random = random;
    }

    /** Usage of a machine that has so much of a resource: idle, well used, or short of it. */
    Usage of(Resource resource, double has) {
        double kind = random.nextDouble();
        double peak = kind < 0.1 ? 0.001 + 0.02 * random.nextDouble() : kind < 0.75 ? random.nextDouble() : 0.8;
        double top = has * Math.min(1, peak * (kind < 0.75 ? 1 : 1 + 0.3 * random.nextDouble()));
        int bins = 30 + random.nextInt(150);
        double[] values = new double[bins];
        double highest = Math.floor(Math.log(top) / Math.log(GROWTH));
        double[] weights = new double[bins];
        double rest = 0;
        for (int i = bins - 1; i >= 0; i--) {
            values[i] = Math.pow(GROWTH, highest - (bins - 1 - i)); // one grid for all, as sketches have
            double fromMedian = (i - bins * 0.4) / (bins * 0.2);
            weights[i] = 1 + Math.floor(SAMPLES / (double) bins * 2 * Math.exp(-fromMedian * fromMedian / 2));
            rest += weights[i];
        }
        Distribution distribution = new Distribution(values, weights);
        double mean = 0;
        for (int i = 0; i < bins; i++) {
            mean += values[i] * weights[i] / rest;
        }
        Duration window = Duration.ofHours(random.nextDouble() < 0.04 ? 12 : 24 * (1 + random.nextInt(30)));
        return new Usage(
                resource,
                END.minus(window),
                END,
                (long) rest,
                random.nextDouble() < 0.04 ? 0.4 : 0.9 + 0.1 * random.nextDouble(),
                mean,
                distribution.quantile(0.5),
                distribution.quantile(0.9),
                distribution.quantile(0.95),
                distribution.quantile(0.99),
                distribution.quantile(0.995),
                top,
                random.nextDouble() < 0.3 ? Double.NaN : has * 0.01 * (random.nextDouble() - 0.6),
                distribution);
    }
}
