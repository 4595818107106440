package io.regrade.intake.telemetry;

import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What was measured of one machine, hour by hour.
 *
 * @param byResource the hours of each resource that was measured, in order
 */
public record MeasuredHours(Map<Resource, List<UsageHour>> byResource) {

    /** Nothing was measured. */
    public static final MeasuredHours NONE = new MeasuredHours(Map.of());

    /** Copies the map and the lists. */
    public MeasuredHours {
        Map<Resource, List<UsageHour>> copy = new EnumMap<>(Resource.class);
        byResource.forEach((resource, hours) -> copy.put(resource, List.copyOf(hours)));
        byResource = copy;
    }

    /** The hours of a resource; none when it was not measured. */
    public List<UsageHour> of(Resource resource) {
        return byResource.getOrDefault(resource, List.of());
    }

    /** The statistics of all hours, in the order of {@link Resource}. */
    public List<Usage> usage() {
        UsageAccumulator accumulator = new UsageAccumulator();
        byResource.forEach((resource, hours) -> hours.forEach(hour -> accumulator.add(resource, hour)));
        return accumulator.finish();
    }
}
