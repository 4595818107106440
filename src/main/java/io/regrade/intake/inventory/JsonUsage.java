package io.regrade.intake.inventory;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Resource;
import io.regrade.fact.Suggestion;
import io.regrade.fact.Usage;
import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.SampleBlock;
import io.regrade.intake.telemetry.Timestamps;
import io.regrade.intake.telemetry.UsageAccumulator;
import io.regrade.intake.telemetry.UsageSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a request says of a machine's usage: samples, or a summary for each resource. */
final class JsonUsage {

    private static final List<String> STATISTICS = List.of("mean", "p50", "p95", "p99", "max");
    private static final List<String> OPTIONAL = List.of("p90", "p995", "coverage", "trend_per_day");
    private static final List<String> ASCENDING = List.of("p50", "p90", "p95", "p99", "p995", "max");
    private static final List<String> SUMMARY = summaryFields();
    private static final double LONGEST_WINDOW_DAYS = 36_525;

    /** Units that are read besides a resource's own, and what of its own unit one of them is. */
    private static final Map<Resource, Map<String, Double>> CONVERSIONS = Map.of(
            Resource.CPU, Map.of("vcpu", 1.0),
            Resource.MEMORY, Map.of("MiB", 1.0 / 1024),
            Resource.STORAGE, Map.of("MiB", 1.0 / 1024, "TiB", 1024.0),
            Resource.NETWORK, Map.of("Mbit/s", 1.0 / 1000));

    private final Problems problems;

    JsonUsage(Problems problems) {
        this.problems = problems;
    }

    private static List<String> summaryFields() {
        List<String> fields = new ArrayList<>(List.of("resource", "unit", "window_days", "samples"));
        fields.addAll(STATISTICS);
        fields.addAll(OPTIONAL);
        return List.copyOf(fields);
    }

    /** Reads samples, which are in order of time. */
    List<Usage> samples(JsonNode samples, String pointer, String vm) {
        UsageAccumulator accumulator = new UsageAccumulator();
        SampleBlock block = new SampleBlock();
        Timestamps timestamps = new Timestamps();
        List<String> known = new ArrayList<>(Schema.USAGE.required());
        known.addAll(Schema.USAGE.optional());
        long lastTime = Timestamps.MALFORMED;
        for (int i = 0; i < samples.size(); i++) {
            JsonRow row = JsonRow.closed(samples.get(i), JsonRow.child(pointer, String.valueOf(i)), known, problems);
            if (row == null) {
                continue;
            }
            Fields fields = new Fields(row);
            double[] amounts = SampleBlock.emptyRow();
            for (Measure measure : Measure.values()) {
                SampleBlock.set(amounts, measure, fields.amount(measure.key()));
            }
            String of = row.text("vm");
            if (of != null && !of.equals(vm)) {
                fields.problem(
                        "vm", "`" + Fields.shorten(of) + "` is another machine than `" + Fields.shorten(vm) + "`");
            }
            String text = fields.required("timestamp");
            long time = text == null ? Timestamps.MALFORMED : timestamps.parse(text);
            if (time == Timestamps.MALFORMED) {
                if (text != null) {
                    fields.problem("timestamp", UsageCsv.timeProblem(text));
                }
            } else if (time <= lastTime) {
                fields.problem("timestamp", UsageCsv.orderProblem(vm, time, lastTime));
            } else {
                lastTime = time;
                block.add(time, amounts);
            }
            if (block.isFull()) {
                accumulator.add(block);
                block.clear();
            }
        }
        accumulator.add(block);
        return accumulator.finish();
    }

    /** Reads summaries, one for each resource at most, over windows that end at the given moment. */
    List<Usage> summaries(JsonNode summaries, String pointer, Instant windowEnd) {
        List<Usage> usage = new ArrayList<>();
        Set<Resource> seen = EnumSet.noneOf(Resource.class);
        for (int i = 0; i < summaries.size(); i++) {
            JsonRow row =
                    JsonRow.closed(summaries.get(i), JsonRow.child(pointer, String.valueOf(i)), SUMMARY, problems);
            UsageSummary summary = row == null ? null : summary(row);
            if (row != null && summary != null) {
                if (seen.add(summary.resource())) {
                    usage.add(summary.usage(windowEnd));
                } else {
                    row.problem("resource", "`" + row.text("resource") + "` is there twice");
                }
            }
        }
        usage.sort(Comparator.comparing(Usage::resource));
        return usage;
    }

    private static @Nullable UsageSummary summary(JsonRow row) {
        Fields fields = new Fields(row);
        for (String name : STATISTICS) {
            fields.required(name);
        }
        Resource resource = resource(fields);
        double factor = resource == null ? Double.NaN : factor(fields, resource);
        double days = fields.positive("window_days");
        if (days > LONGEST_WINDOW_DAYS) {
            fields.problem("window_days", "`window_days` is longer than a century. Maybe it is in seconds");
        } else if (fields.required("window_days") == null) {
            days = Double.NaN;
        }
        Integer samples = fields.count("samples");
        if (fields.required("samples") != null && samples != null && samples == 0) {
            fields.problem("samples", "`samples` is `0`. Maybe leave the resource out when it was not measured");
        }
        double mean = fields.amount("mean");
        double[] ascending = ascending(fields);
        double max = ascending[ascending.length - 1];
        if (mean > max) {
            fields.problem("mean", "`mean` is above `max`. Maybe the two are interchanged");
        }
        double coverage = fields.share("coverage");
        double trend = fields.number("trend_per_day");
        if (!fields.isFine() || resource == null || samples == null) {
            return null;
        }
        return new UsageSummary(
                resource,
                days,
                samples,
                Double.isNaN(coverage) ? 1 : coverage,
                mean * factor,
                ascending[0] * factor,
                ascending[1] * factor,
                ascending[2] * factor,
                ascending[3] * factor,
                ascending[4] * factor,
                max * factor,
                trend * factor);
    }

    /** Reads what must not descend; NaN where one was not given. */
    private static double[] ascending(Fields fields) {
        double[] amounts = new double[ASCENDING.size()];
        int lower = 0;
        for (int i = 0; i < amounts.length; i++) {
            String name = ASCENDING.get(i);
            amounts[i] = fields.amount(name);
            if (amounts[i] < amounts[lower]) {
                fields.problem(
                        name, "`" + name + "` is below `" + ASCENDING.get(lower) + "`. Maybe the two are interchanged");
            }
            lower = Double.isNaN(amounts[i]) ? lower : i;
        }
        return amounts;
    }

    private static @Nullable Resource resource(Fields fields) {
        String text = fields.required("resource");
        if (text == null) {
            return null;
        }
        String name = text.toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_');
        for (Resource resource : Resource.values()) {
            if (resource.key().equals(name) || name(resource).equals(name)) {
                return resource;
            }
        }
        fields.problem(
                "resource",
                "`" + Fields.shorten(text) + "` is not a resource. Maybe "
                        + Suggestion.nearest(name, Resource.values(), JsonUsage::name));
        return null;
    }

    private static String name(Resource resource) {
        return resource.name().toLowerCase(Locale.ROOT);
    }

    private static double factor(Fields fields, Resource resource) {
        String unit = fields.required("unit");
        if (unit == null || unit.equals(resource.unit())) {
            return 1;
        }
        Double factor = CONVERSIONS.getOrDefault(resource, Map.of()).get(unit);
        if (factor == null) {
            fields.problem(
                    "unit",
                    "`" + Fields.shorten(unit) + "` is an unknown unit of " + resource.label() + ". Maybe `"
                            + resource.unit() + "`");
            return Double.NaN;
        }
        return factor;
    }
}
