package io.regrade.intake.telemetry;

import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

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

    /** Some of the hours. */
    public MeasuredHours only(Predicate<UsageHour> which) {
        Map<Resource, List<UsageHour>> some = new EnumMap<>(Resource.class);
        byResource.forEach((resource, hours) -> {
            List<UsageHour> kept = hours.stream().filter(which).toList();
            if (!kept.isEmpty()) {
                some.put(resource, kept);
            }
        });
        return new MeasuredHours(some);
    }

    /** The hours of both, in order; no hour of a resource is in both. */
    public MeasuredHours and(MeasuredHours other) {
        Map<Resource, List<UsageHour>> both = new EnumMap<>(Resource.class);
        both.putAll(byResource);
        other.byResource.forEach((resource, hours) -> both.merge(
                resource,
                hours,
                (some, more) -> Stream.concat(some.stream(), more.stream())
                        .sorted(Comparator.comparingLong(UsageHour::hour))
                        .toList()));
        return new MeasuredHours(both);
    }
}
