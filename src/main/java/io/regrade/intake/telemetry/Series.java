package io.regrade.intake.telemetry;

import io.regrade.fact.Usage;
import java.util.Arrays;
import java.util.List;

/**
 * The samples of one machine in order of time, so that any part of them can be looked at as if no other were known.
 * Reused by its owner after {@link #clear()}; not safe for use by two threads at a time.
 */
public final class Series {

    private static final int FIRST_CAPACITY = 4096;

    private long[] times = new long[FIRST_CAPACITY];
    private final double[][] values = new double[Measure.count()][FIRST_CAPACITY];
    private int size;

    /** Makes an empty one. */
    public Series() {}

    /** Adds the samples of a block; they are later than all that were added before. */
    public void add(SampleBlock block) {
        int needed = size + block.size();
        if (needed > times.length) {
            int capacity = Math.max(needed, 2 * times.length);
            times = Arrays.copyOf(times, capacity);
            for (int i = 0; i < values.length; i++) {
                values[i] = Arrays.copyOf(values[i], capacity);
            }
        }
        for (int i = 0; i < block.size(); i++) {
            times[size + i] = block.time(i);
        }
        for (Measure measure : Measure.values()) {
            System.arraycopy(block.column(measure), 0, column(measure), size, block.size());
        }
        size = needed;
    }

    /** Forgets all samples. */
    public void clear() {
        size = 0;
    }

    /** How many samples there are. */
    public int size() {
        return size;
    }

    /** When a sample was taken, seconds since 1970-01-01T00:00Z. */
    public long time(int i) {
        return times[i];
    }

    /** An amount of a sample in the measure's unit; NaN when it was not measured. */
    public double amount(Measure measure, int i) {
        return column(measure)[i];
    }

    /** The place of the first sample at that moment or later; {@link #size()} when all are earlier. */
    public int firstAt(long epochSecond) {
        int at = Arrays.binarySearch(times, 0, size, epochSecond);
        return at >= 0 ? at : -at - 1;
    }

    /** What was used by some of the samples alone, those from one place to before another. */
    public List<Usage> usage(int from, int to) {
        UsageAccumulator accumulator = new UsageAccumulator();
        SampleBlock block = new SampleBlock();
        double[] row = SampleBlock.emptyRow();
        for (int i = from; i < to; i++) {
            for (int measure = 0; measure < row.length; measure++) {
                row[measure] = values[measure][i];
            }
            block.add(times[i], row);
            if (block.isFull()) {
                accumulator.add(block);
                block.clear();
            }
        }
        accumulator.add(block);
        return accumulator.finish();
    }

    @SuppressWarnings("EnumOrdinal") // the columns are in the order of the constants, within this process
    private double[] column(Measure measure) {
        return values[measure.ordinal()];
    }
}
