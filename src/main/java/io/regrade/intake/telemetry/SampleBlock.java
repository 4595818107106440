package io.regrade.intake.telemetry;

import java.util.Arrays;

/**
 * Some consecutive samples of one machine, column by column, so that a reader can hand them over without an object for
 * each. Reused by its owner after {@link #clear()}; not safe for use by two threads at a time.
 */
public final class SampleBlock {

    /** What is above this is no amount; it also keeps sums finite. */
    public static final double LARGEST = 1e15;

    /** The most samples a block holds. */
    public static final int CAPACITY = 2048;

    private final long[] times = new long[CAPACITY];
    private final double[][] values = new double[Measure.count()][CAPACITY];
    private int size;

    /** Makes an empty block. */
    public SampleBlock() {}

    /** An array for one sample's amounts, indexed by {@link Measure#ordinal()}, in which nothing is measured. */
    public static double[] emptyRow() {
        double[] row = new double[Measure.count()];
        Arrays.fill(row, Double.NaN);
        return row;
    }

    /** Puts one amount into such an array. */
    @SuppressWarnings("EnumOrdinal") // the columns are in the order of the constants, within this process
    public static void set(double[] row, Measure measure, double amount) {
        row[measure.ordinal()] = amount;
    }

    /** Puts an amount into such an array where none or a lower one is. */
    @SuppressWarnings("EnumOrdinal") // the columns are in the order of the constants, within this process
    static void raise(double[] row, Measure measure, double amount) {
        double before = row[measure.ordinal()];
        row[measure.ordinal()] = before >= amount ? before : amount;
    }

    /**
     * Adds one sample.
     *
     * @param epochSecond when, seconds since 1970-01-01T00:00Z, later than the sample before
     * @param row the amounts indexed by {@link Measure#ordinal()}, NaN where nothing was measured; copied
     */
    public void add(long epochSecond, double[] row) {
        times[size] = epochSecond;
        for (int measure = 0; measure < values.length; measure++) {
            values[measure][size] = row[measure];
        }
        size++;
    }

    /** How many samples there are. */
    public int size() {
        return size;
    }

    /** Whether no further sample fits. */
    public boolean isFull() {
        return size == CAPACITY;
    }

    /** Forgets all samples. */
    public void clear() {
        size = 0;
    }

    long time(int i) {
        return times[i];
    }

    @SuppressWarnings("EnumOrdinal") // the columns are in the order of the constants, within this process
    double[] column(Measure measure) {
        return values[measure.ordinal()];
    }
}
