package io.regrade.intake.telemetry.mapping;

import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.intake.telemetry.remote.Labels;
import io.regrade.intake.telemetry.remote.SeriesSink;
import org.jspecify.annotations.Nullable;

/**
 * The samples of a remote write that are part of a measure; the others, and markers that a series has ended, are counted.
 * Not safe for use by two threads at a time.
 */
public final class MappedSamples implements SeriesSink {

    private final Mappings mappings;
    private final SampleBatch batch = new SampleBatch();
    private @Nullable MonitoredSeries current;
    private long samples;
    private long histograms;
    private long exemplars;

    public MappedSamples(Mappings mappings) {
        this.mappings = mappings;
    }

    @Override
    public void series(Labels labels) {
        current = mappings.series(labels).orElse(null);
        if (current != null) {
            batch.series(current);
        }
    }

    @Override
    public void sample(long epochMillis, double value) {
        samples++;
        if (current != null && Double.isFinite(value)) {
            batch.add(epochMillis, value);
        }
    }

    @Override
    public void histogram() {
        histograms++;
    }

    @Override
    public void exemplar() {
        exemplars++;
    }

    /** The samples that are part of a measure. */
    public SampleBatch batch() {
        return batch;
    }

    /** How many samples came in all. */
    public long samples() {
        return samples;
    }

    /** How many native histograms came, none of which is read. */
    public long histograms() {
        return histograms;
    }

    /** How many exemplars came, none of which is read. */
    public long exemplars() {
        return exemplars;
    }

    /** How many samples are of nothing that is measured here. */
    public long ignored() {
        return samples - batch.size();
    }
}
