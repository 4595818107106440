package io.regrade.intake.telemetry;

import io.regrade.fact.Resource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/**
 * The samples of one machine as monitors sent them, to be made hours of. Samples that come twice count once. Where several
 * sources know a measure, the one with the most samples in an hour counts for that hour; a resolution of one second is kept,
 * and of several samples within a second the highest. Not safe for use by two threads at a time.
 */
public final class OpenSamples {

    private final Map<MonitoredSeries, RawSamples> series = new HashMap<>();

    /** Makes one without samples. */
    public OpenSamples() {}

    /** Adds a sample; the first one of a series and a moment counts. */
    public void add(MonitoredSeries of, long epochMillis, double value) {
        series.computeIfAbsent(of, one -> new RawSamples()).add(epochMillis, value);
    }

    /** The hours of each resource, in order. */
    public MeasuredHours hours() {
        Map<Measure, TreeMap<String, MeasureSum>> sums = new EnumMap<>(Measure.class);
        series.forEach((one, samples) -> {
            samples.order();
            sums.computeIfAbsent(one.measure(), measure -> new TreeMap<>())
                    .computeIfAbsent(one.source(), source -> new MeasureSum())
                    .add(one, samples);
        });
        TreeMap<Long, double[]> rows = new TreeMap<>();
        sums.forEach((measure, sources) -> fill(measure, sources, rows));
        return hours(rows);
    }

    private static void fill(Measure measure, TreeMap<String, MeasureSum> sources, TreeMap<Long, double[]> rows) {
        sources.values().forEach(MeasureSum::sum);
        Map<Long, MeasureSum> best = new HashMap<>();
        Map<Long, Integer> most = new HashMap<>();
        for (MeasureSum sum : sources.values()) {
            Map<Long, Integer> known = new HashMap<>();
            for (int i = 0; i < sum.size(); i++) {
                if (!Double.isNaN(sum.amount(i))) {
                    known.merge(hour(sum.time(i)), 1, Integer::sum);
                }
            }
            known.forEach((hour, count) -> {
                if (count > most.getOrDefault(hour, 0)) {
                    most.put(hour, count);
                    best.put(hour, sum);
                }
            });
        }
        for (MeasureSum sum : sources.values()) {
            for (int i = 0; i < sum.size(); i++) {
                if (!Double.isNaN(sum.amount(i)) && sum.equals(best.get(hour(sum.time(i))))) {
                    double[] row =
                            rows.computeIfAbsent(Math.floorDiv(sum.time(i), 1000L), second -> SampleBlock.emptyRow());
                    SampleBlock.raise(row, measure, sum.amount(i));
                }
            }
        }
    }

    private static long hour(long epochMillis) {
        return Math.floorDiv(epochMillis, UsageHour.SECONDS * 1000);
    }

    private static MeasuredHours hours(TreeMap<Long, double[]> rows) {
        Map<Resource, List<UsageHour>> hours = new EnumMap<>(Resource.class);
        Map<Resource, HourBuilder> builders = new EnumMap<>(Resource.class);
        for (Resource resource : ResourceSamples.MEASURED) {
            List<UsageHour> list = new ArrayList<>();
            hours.put(resource, list);
            builders.put(resource, new HourBuilder(list::add));
        }
        SampleBlock block = new SampleBlock();
        for (Entry<Long, double[]> row : rows.entrySet()) {
            block.add(row.getKey(), row.getValue());
            if (block.isFull()) {
                ResourceSamples.handOver(block, builders::get);
                block.clear();
            }
        }
        ResourceSamples.handOver(block, builders::get);
        builders.values().forEach(HourBuilder::finish);
        hours.values().removeIf(List::isEmpty);
        return new MeasuredHours(hours);
    }
}
