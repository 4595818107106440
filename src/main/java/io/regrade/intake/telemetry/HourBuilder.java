package io.regrade.intake.telemetry;

import com.datadoghq.sketch.ddsketch.DDSketch;
import com.datadoghq.sketch.ddsketch.store.Bin;
import com.datadoghq.sketch.ddsketch.store.Store;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Consumer;

/** Gathers the amounts of one resource, hour by hour. Not safe for use by two threads at a time. */
final class HourBuilder implements AmountSink {

    private final Consumer<UsageHour> hours;
    private DDSketch sketch = Sketches.empty();
    private Intervals intervals = new Intervals();
    private long firstTime;
    private long lastTime;
    private long count;
    private double sum;
    private double min;
    private double max;

    /** Each hour is handed over once it is over. */
    HourBuilder(Consumer<UsageHour> hours) {
        this.hours = hours;
    }

    @Override
    public void add(long epochSecond, double amount) {
        if (count > 0 && Math.floorDiv(epochSecond, UsageHour.SECONDS) != Math.floorDiv(firstTime, UsageHour.SECONDS)) {
            finish();
        }
        if (count == 0) {
            firstTime = epochSecond;
            sum = 0;
            min = amount;
            max = amount;
        } else {
            intervals.add(epochSecond - lastTime);
        }
        lastTime = epochSecond;
        count++;
        sum += amount;
        min = Math.min(min, amount);
        max = Math.max(max, amount);
        sketch.accept(amount);
    }

    /** There is no more. */
    void finish() {
        if (count == 0) {
            return;
        }
        Store store = sketch.getPositiveValueStore();
        int[] bins = new int[16];
        long[] counts = new long[16];
        int size = 0;
        for (Iterator<Bin> all = store.getAscendingIterator(); all.hasNext(); size++) {
            Bin bin = all.next();
            if (size == bins.length) {
                bins = Arrays.copyOf(bins, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            bins[size] = bin.getIndex();
            counts[size] = Math.round(bin.getCount());
        }
        long interval = intervals.median();
        hours.accept(new UsageHour(
                firstTime,
                lastTime,
                count,
                interval,
                intervals.covered(interval) - interval,
                sum,
                min,
                max,
                count - Math.round(store.getTotalCount()),
                Arrays.copyOf(bins, size),
                Arrays.copyOf(counts, size)));
        sketch = Sketches.empty();
        intervals = new Intervals();
        count = 0;
    }
}
