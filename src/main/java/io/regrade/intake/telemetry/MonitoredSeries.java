package io.regrade.intake.telemetry;

import java.util.Objects;

/**
 * One series of a monitor, and what it is of which machine's measure. A measure of a machine at a moment is the sum of all
 * series that a source has of it: of each processor and mode, of each disk, or what there is less what is available.
 * Immutable; hashed once, as it is looked up for every sample.
 */
public final class MonitoredSeries {

    /** The source of samples that are posted as they are. */
    public static final String SAMPLES = "samples";

    /** Texts that differ in few characters have hashes that differ in few bits: multiplied, they differ in many. */
    private static final int GOLDEN = 0x9E3779B9;

    private final String vm;
    private final String source;
    private final Measure measure;
    private final String term;
    private final boolean counter;
    private final double factor;
    private final int least;
    private final int hash;

    /**
     * A series.
     *
     * @param vm the machine's id
     * @param source who measures, such as {@code node_exporter}; measures of several sources are never added up
     * @param measure what it is part of
     * @param term tells it from the other series of the measure, such as {@code cpu=0,mode=user}; empty for the only one
     * @param counter whether values only grow, and the rate is what counts; a value below the one before is a new start
     * @param factor from its unit to the measure's, negative for what is subtracted
     * @param least how many series the measure has at least: with fewer it is unknown
     */
    public MonitoredSeries(
            String vm, String source, Measure measure, String term, boolean counter, double factor, int least) {
        this.vm = vm;
        this.source = source;
        this.measure = measure;
        this.term = term;
        this.counter = counter;
        this.factor = factor;
        this.least = least;
        int mixed = Objects.hash(vm, source, measure.key(), term) * GOLDEN;
        this.hash = mixed ^ (mixed >>> 15);
    }

    /** Samples of a machine that are the measure itself. */
    public static MonitoredSeries of(String vm, Measure measure) {
        return new MonitoredSeries(vm, SAMPLES, measure, "", false, 1, 1);
    }

    /** The same series as another source knows it. */
    public MonitoredSeries from(String otherSource) {
        return new MonitoredSeries(vm, otherSource, measure, term, counter, factor, least);
    }

    public String vm() {
        return vm;
    }

    public String source() {
        return source;
    }

    public Measure measure() {
        return measure;
    }

    public String term() {
        return term;
    }

    public boolean isCounter() {
        return counter;
    }

    public double factor() {
        return factor;
    }

    public int least() {
        return least;
    }

    /** Two are the same series when machine, source, measure and term are. */
    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof MonitoredSeries that
                        && hash == that.hash
                        && measure == that.measure
                        && vm.equals(that.vm)
                        && source.equals(that.source)
                        && term.equals(that.term));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return vm + " " + measure.key() + " of " + source + (term.isEmpty() ? "" : " (" + term + ")");
    }
}
