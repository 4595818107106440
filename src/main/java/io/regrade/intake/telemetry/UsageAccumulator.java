package io.regrade.intake.telemetry;

import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns the samples of one machine, in order of time, into a {@link Usage} for each resource that was measured.
 *
 * <p>Disk throughput is reads and writes together, and network the busier direction: both need both cells of a sample,
 * since half of it would be an amount that is too low. Percentiles come from a DDSketch of 1 % relative accuracy
 * (Masson, Rim, Lee: "DDSketch", VLDB 2019); mean, maximum and counts are exact.
 *
 * <p>A window goes from the first sample to one usual interval (the median) after the last. A sample covers the time to
 * the next one, but at most three usual intervals of it, so that a longer gap counts as not covered. The trend is the
 * least-squares slope, unknown for a window of less than two days. Equal samples give equal results, bit for bit. Not
 * safe for use by two threads at a time.
 */
public final class UsageAccumulator {

    private final Map<Resource, ResourceStatistics> statistics = new EnumMap<>(Resource.class);

    /** Makes one that has seen nothing. */
    public UsageAccumulator() {
        begin();
    }

    private void begin() {
        ResourceSamples.MEASURED.forEach(resource -> statistics.put(resource, new ResourceStatistics()));
    }

    private ResourceStatistics of(Resource resource) {
        return Objects.requireNonNull(statistics.get(resource));
    }

    /** Adds the samples of a block; they are later than all that were added before. */
    public void add(SampleBlock block) {
        ResourceSamples.handOver(block, this::of);
    }

    /**
     * Adds what was kept of an hour's samples, which is later than all that was added before. Percentiles, maximum, mean and
     * count come out as of the samples themselves; the trend is that of the hours' means.
     */
    public void add(Resource resource, UsageHour hour) {
        of(resource).add(hour);
    }

    /** The usage of each resource that was measured, in the order of {@link Resource}; this one then starts afresh. */
    public List<Usage> finish() {
        List<Usage> usage = new ArrayList<>();
        statistics.forEach((resource, measured) -> {
            if (!measured.isEmpty()) {
                usage.add(measured.usage(resource));
            }
        });
        begin();
        return List.copyOf(usage);
    }
}
