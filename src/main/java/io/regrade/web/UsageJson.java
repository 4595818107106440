package io.regrade.web;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.UsageHour;
import io.regrade.intake.telemetry.WeekProfile;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was measured of a machine in a window, as JSON. */
final class UsageJson {

    private static final long HOURS_A_DAY = 24;

    private UsageJson() {}

    /**
     * All of it.
     *
     * @param resource the only one that is asked for, null for all
     */
    static ObjectNode json(String vm, MeasuredHours hours, @Nullable String resource) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("vm", vm);
        ArrayNode all = node.putArray("usage");
        for (Usage usage : hours.usage()) {
            if (resource == null || usage.resource().key().equals(resource)) {
                all.add(one(usage, hours.of(usage.resource())));
            }
        }
        return node;
    }

    private static ObjectNode one(Usage usage, List<UsageHour> hours) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("resource", usage.resource().key())
                .put("unit", usage.resource().unit());
        node.put("from", usage.from().toString()).put("to", usage.to().toString());
        node.put("samples", usage.samples()).put("hours", hours.size()).put("coverage", usage.coverage());
        node.put("min", hours.stream().mapToDouble(UsageHour::min).min().orElseThrow());
        node.put("mean", usage.mean()).put("p50", usage.p50()).put("p90", usage.p90());
        node.put("p95", usage.p95()).put("p99", usage.p99()).put("p995", usage.p995());
        node.put("max", usage.max());
        UsageHour peak = hours.get(0);
        for (UsageHour hour : hours) {
            peak = hour.max() > peak.max() ? hour : peak;
        }
        node.put("max_hour", moment(peak.hour()));
        if (!Double.isNaN(usage.trendPerDay())) {
            node.put("trend_per_day", usage.trendPerDay());
        }
        days(usage.resource(), hours, node.putArray("days"));
        week(hours, node.putArray("week"));
        return node;
    }

    private static String moment(long hour) {
        return Instant.ofEpochSecond(hour * UsageHour.SECONDS).toString();
    }

    private static void days(Resource resource, List<UsageHour> hours, ArrayNode days) {
        Map<Long, List<UsageHour>> byDay = new TreeMap<>();
        hours.forEach(hour -> byDay.computeIfAbsent(Math.floorDiv(hour.hour(), HOURS_A_DAY), day -> new ArrayList<>())
                .add(hour));
        byDay.forEach((day, of) -> {
            Usage usage = new MeasuredHours(Map.of(resource, of)).usage().get(0);
            days.addObject()
                    .put("day", LocalDate.ofEpochDay(day).toString())
                    .put("samples", usage.samples())
                    .put("covered_seconds", Math.round(usage.windowDays() * 86_400 * usage.coverage()))
                    .put("min", of.stream().mapToDouble(UsageHour::min).min().orElseThrow())
                    .put("mean", usage.mean())
                    .put("p95", usage.p95())
                    .put("max", usage.max());
        });
    }

    /** Only hours of the week that were measured. */
    private static void week(List<UsageHour> hours, ArrayNode week) {
        WeekProfile profile = new WeekProfile(hours);
        for (int i = 0; i < WeekProfile.HOURS; i++) {
            if (!Double.isNaN(profile.peak(i))) {
                week.addObject().put("hour", i).put("mean", profile.mean(i)).put("max", profile.peak(i));
            }
        }
    }
}
