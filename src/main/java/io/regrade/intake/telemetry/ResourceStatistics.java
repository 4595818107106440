package io.regrade.intake.telemetry;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.Store;
import io.regrade.fact.Distribution;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.time.Instant;
import java.util.Arrays;
import java.util.Iterator;

/** The running statistics of one resource of one machine; memory grows with the hours, not with the number of samples. */
final class ResourceStatistics implements AmountSink {

    private static final double SECONDS_A_DAY = 86_400.0;
    /** A slope over less is a rhythm of the day, not a trend. */
    private static final double TREND_DAYS = 2.0;

    private final DDSketch sketch = Sketches.empty();
    private final Intervals intervals = new Intervals();
    private final Hours hours = new Hours();
    private long count;
    private long firstTime;
    private long lastTime;
    private double first;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;
    // Neumaier's compensated sum: the error of each addition is kept and added at the end.
    private double sum;
    private double compensation;
    // Least squares over time in days and amounts, both counted from the first sample so that little cancels.
    private double sumT;
    private double sumTt;
    private double sumTy;

    @Override
    public void add(long epochSecond, double amount) {
        begin(epochSecond, amount);
        lastTime = epochSecond;
        count++;
        sketch.accept(amount);
        hours.add(epochSecond, amount);
        min = Math.min(min, amount);
        max = Math.max(max, amount);
        sum(amount);
        double days = (epochSecond - firstTime) / SECONDS_A_DAY;
        sumT += days;
        sumTt += days * days;
        sumTy += days * (amount - first);
    }

    /** Adds an hour that is later than all before it. */
    void add(UsageHour hour) {
        begin(hour.firstTime(), hour.sum() / hour.count());
        intervals.add(hour.interval(), hour.count() - 1, hour.covered());
        lastTime = hour.lastTime();
        count += hour.count();
        if (hour.zeros() > 0) {
            sketch.accept(0, hour.zeros());
        }
        Store store = sketch.getPositiveValueStore();
        for (int i = 0; i < hour.bins(); i++) {
            store.add(hour.bin(i), hour.binCount(i));
        }
        hours.add(hour);
        min = Math.min(min, hour.min());
        max = Math.max(max, hour.max());
        sum(hour.sum());
        // All of an hour's samples count at its middle.
        double days = ((hour.firstTime() + hour.lastTime()) / 2.0 - firstTime) / SECONDS_A_DAY;
        sumT += days * hour.count();
        sumTt += days * days * hour.count();
        sumTy += days * (hour.sum() - first * hour.count());
    }

    private void begin(long epochSecond, double amount) {
        if (count == 0) {
            firstTime = epochSecond;
            first = amount;
        } else {
            intervals.add(epochSecond - lastTime);
        }
    }

    private void sum(double amount) {
        double next = sum + amount;
        compensation += Math.abs(sum) >= Math.abs(amount) ? (sum - next) + amount : (amount - next) + sum;
        sum = next;
    }

    boolean isEmpty() {
        return count == 0;
    }

    Usage usage(Resource resource) {
        long interval = intervals.median();
        long windowSeconds = lastTime - firstTime + interval;
        // A single sample stands for no time that is known.
        double coverage = windowSeconds == 0 ? 0 : Math.min(1, intervals.covered(interval) / windowSeconds);
        Distribution distribution = distribution();
        return new Usage(
                resource,
                Instant.ofEpochSecond(firstTime),
                Instant.ofEpochSecond(lastTime + interval),
                count,
                coverage,
                (sum + compensation) / count,
                distribution.quantile(0.50),
                distribution.quantile(0.90),
                distribution.quantile(0.95),
                distribution.quantile(0.99),
                distribution.quantile(0.995),
                max,
                trendPerDay(windowSeconds),
                distribution,
                hours.course());
    }

    private double trendPerDay(long windowSeconds) {
        double denominator = count * sumTt - sumT * sumT;
        if (windowSeconds < TREND_DAYS * SECONDS_A_DAY || !(denominator > 0)) {
            return Double.NaN;
        }
        double sumY = sum + compensation - count * first;
        return (count * sumTy - sumT * sumY) / denominator;
    }

    /** The sketch's bins; the ends are drawn in to the exact minimum and maximum, which lie in the outer bins. */
    private Distribution distribution() {
        Store store = sketch.getPositiveValueStore();
        int size = 0;
        double[] values = new double[16];
        double[] weights = new double[16];
        double zeros = count - store.getTotalCount();
        if (zeros > 0) {
            weights[size++] = zeros;
        }
        for (Iterator<Bin> bins = store.getAscendingIterator(); bins.hasNext(); size++) {
            Bin bin = bins.next();
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                weights = Arrays.copyOf(weights, 2 * size);
            }
            values[size] = Sketches.MAPPING.value(bin.getIndex());
            weights[size] = bin.getCount();
        }
        values[0] = Math.max(values[0], min);
        values[size - 1] = Math.min(values[size - 1], max);
        return new Distribution(Arrays.copyOf(values, size), Arrays.copyOf(weights, size));
    }
}
