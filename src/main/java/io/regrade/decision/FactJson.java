package io.regrade.decision;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.fact.CounterOffer;
import io.regrade.fact.Course;
import io.regrade.fact.Dismissal;
import io.regrade.fact.Distribution;
import io.regrade.fact.Machine;
import io.regrade.fact.Numbers;
import io.regrade.fact.Pricing;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts as JSON, in the vocabulary of the fleet files. What is unknown is left out, never written as zero. */
public final class FactJson {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** Below this every whole number is exact in JSON's numbers. */
    private static final double MAX_EXACT = 1L << 53;

    /** How facts write what has no bound, since JSON has no such number; what evaluates must not take it for unknown. */
    static final String UNBOUNDED = "unbounded";

    private FactJson() {}

    /** All that is known of one machine, the bins of its usage included: what its digest is made of. */
    public static ObjectNode facts(VmFacts facts) {
        ObjectNode node = JSON.objectNode();
        node.set("vm", vm(facts.vm()));
        ArrayNode usage = node.putArray("usage");
        facts.usage().forEach(one -> usage.add(usageWithBins(one)));
        ArrayNode modules = node.putArray("modules");
        facts.modules().forEach(one -> modules.add(exactModule(one)));
        if (facts.sla() != null) {
            node.set("sla", sla(facts.sla()));
        }
        ArrayNode groups = node.putArray("redundancy");
        facts.redundancy().forEach(one -> {
            ObjectNode group = groups.addObject();
            group.put("group", one.group());
            group.put("members", one.members());
            group.put("resource", one.resource().key());
            exact(group, "group_peak", one.groupPeak());
        });
        if (!facts.dismissals().isEmpty()) {
            ArrayNode dismissals = node.putArray("dismissals");
            facts.dismissals().forEach(one -> dismissals.add(dismissal(one)));
        }
        if (facts.counterOffer() != null) {
            node.set("counter_offer", counterOffer(facts.counterOffer()));
        }
        return node;
    }

    /** Advice that was dismissed. */
    static ObjectNode dismissal(Dismissal dismissal) {
        ObjectNode node = JSON.objectNode();
        node.put("action", dismissal.action().key());
        put(node, "target", dismissal.target());
        node.put("until", dismissal.until().toString());
        node.put("by", dismissal.by());
        node.put("reason", dismissal.reason());
        return node;
    }

    /** What was wanted instead of what was offered. */
    static ObjectNode counterOffer(CounterOffer counter) {
        ObjectNode node = JSON.objectNode();
        put(node, "families", counter.wantedFamilies());
        exact(node, "max_price_usd_month", counter.maxPriceUsdMonth());
        put(node, "windows", counter.windows());
        put(
                node,
                "not_before",
                counter.notBefore() == null ? null : counter.notBefore().toString());
        node.put("until", counter.until().toString());
        node.put("by", counter.by());
        return node;
    }

    /** A virtual machine with the column names of {@code vms.csv}. */
    public static ObjectNode vm(Vm vm) {
        ObjectNode node = JSON.objectNode();
        node.put("id", vm.id());
        node.put("name", vm.name());
        machine(node, vm);
        put(node, "group", vm.group());
        put(node, "owner", vm.owner());
        tags(node, vm.tags());
        return node;
    }

    /** A target with the column names of {@code targets.csv}. */
    public static ObjectNode target(Target target) {
        ObjectNode node = JSON.objectNode();
        node.put("id", target.id());
        node.put("kind", target.kind() == Target.Kind.MACHINE ? "machine" : "class");
        machine(node, target);
        if (target.burstable() != null) {
            node.put("burstable", target.burstable());
        }
        if (target.available() != null) {
            node.put("available", target.available());
        }
        tags(node, target.tags());
        return node;
    }

    private static void machine(ObjectNode node, Machine machine) {
        put(node, "cloud", machine.cloud());
        put(node, "region", machine.region());
        put(node, "type", machine.type());
        put(node, "arch", machine.arch());
        for (Resource resource : Resource.values()) {
            exact(node, resource.key(), machine.capacity().of(resource));
        }
        put(node, "os", machine.os() == null ? null : machine.os().toString());
        put(node, "features", machine.features());
        exact(node, "price_usd_hour", machine.priceUsdHour());
    }

    private static void tags(ObjectNode node, Map<String, String> tags) {
        if (!tags.isEmpty()) {
            ObjectNode object = node.putObject("tags");
            tags.forEach(object::put);
        }
    }

    /** What was used of one resource, as a request gives it in {@code usage_summary}. */
    public static ObjectNode usageSummary(Usage usage) {
        ObjectNode node = JSON.objectNode();
        node.put("resource", usage.resource().key());
        node.put("unit", usage.resource().unit());
        put(node, "window_days", usage.windowDays());
        node.put("samples", usage.samples());
        exact(node, "coverage", usage.coverage());
        exact(node, "mean", usage.mean());
        exact(node, "p50", usage.p50());
        exact(node, "p90", usage.p90());
        exact(node, "p95", usage.p95());
        exact(node, "p99", usage.p99());
        exact(node, "p995", usage.p995());
        exact(node, "max", usage.max());
        exact(node, "trend_per_day", usage.trendPerDay());
        return node;
    }

    private static ObjectNode course(Course course) {
        ObjectNode node = JSON.objectNode();
        node.put("days", course.days());
        exact(node, "recent_peak", course.recentPeak());
        exact(node, "peak_recurrence", course.peakRecurrence());
        exact(node, "burstiness", course.burstiness());
        exact(node, "daily_seasonality", course.dailySeasonality());
        exact(node, "weekly_seasonality", course.weeklySeasonality());
        if (course.isTrendBounded()) {
            exact(node, "trend_low", course.trendLow());
            exact(node, "trend_high", course.trendHigh());
        }
        return node;
    }

    /** What was used of one resource and when, in short: a trace tells what rules saw, the facts have every digit. */
    static ObjectNode usageInShort(Usage usage) {
        ObjectNode node = usage(usage);
        for (String field : List.of("coverage", "mean", "p50", "p90", "p95", "p99", "p995", "max", "trend_per_day")) {
            if (node.has(field)) {
                rounded(node, field, node.get(field).doubleValue());
            }
        }
        if (node.get("course") instanceof ObjectNode course) {
            course.fieldNames()
                    .forEachRemaining(
                            field -> rounded(course, field, course.get(field).doubleValue()));
        }
        return node;
    }

    /** What was used of one resource and when. */
    static ObjectNode usage(Usage usage) {
        ObjectNode node = usageSummary(usage);
        node.put("from", usage.from().toString());
        node.put("to", usage.to().toString());
        Course course = usage.course();
        if (course != null) {
            node.set("course", course(course));
        }
        return node;
    }

    /**
     * With the bins in ascending order as Base64 of big-endian IEEE 754 doubles, value and how many samples
     * are in the bin and below: exact, and a third of the size that numbers in decimal would take.
     */
    private static ObjectNode usageWithBins(Usage usage) {
        ObjectNode node = usage(usage);
        Distribution distribution = usage.distribution();
        ByteBuffer bins = ByteBuffer.allocate(distribution.bins() * 2 * Double.BYTES);
        for (int i = 0; i < distribution.bins(); i++) {
            bins.putDouble(distribution.value(i)).putDouble(distribution.cumulative(i));
        }
        node.put("bins", Base64.getEncoder().encodeToString(bins.array())); // faster than as a binary node
        return node;
    }

    /** A software module and the requirements it states. */
    public static ObjectNode module(SoftwareModule module) {
        ObjectNode node = JSON.objectNode();
        node.put("name", module.name());
        put(node, "version", module.version());
        node.set(
                "requires",
                strings(module.requires().stream().map(Requirement::text).toList()));
        return node;
    }

    /** A module whose requirements can be read back where their texts do not say all of them. */
    private static ObjectNode exactModule(SoftwareModule module) {
        ObjectNode node = module(module);
        String source = SoftwareModule.source(module.name(), module.version());
        ArrayNode requires = JSON.arrayNode(module.requires().size());
        module.requires().forEach(one -> requires.add(requirement(one, source)));
        node.set("requires", requires);
        return node;
    }

    private static JsonNode requirement(Requirement requirement, String source) {
        if (isSaidByItsText(requirement, source)) {
            return JSON.textNode(requirement.text());
        }
        ObjectNode node = JSON.objectNode();
        node.put("attribute", requirement.attribute().key());
        node.put("operator", requirement.operator().sign());
        node.put("value", requirement.value());
        exact(node, "amount", requirement.amount());
        node.put("source", requirement.source());
        return node;
    }

    private static boolean isSaidByItsText(Requirement requirement, String source) {
        try {
            return Requirement.parse(requirement.text(), source).equals(requirement);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** An agreement with the column names of {@code slas.csv}. */
    public static ObjectNode sla(Sla sla) {
        ObjectNode node = JSON.objectNode();
        exact(node, "max_saturated_hours_month", sla.maxSaturatedHoursMonth());
        exact(node, "min_availability", sla.minAvailability());
        exact(node, "max_price_usd_month", sla.maxPriceUsdMonth());
        put(node, "allowed_clouds", sla.allowedClouds());
        put(node, "allowed_regions", sla.allowedRegions());
        put(node, "allowed_families", sla.allowedFamilies());
        put(node, "window", sla.window());
        return node;
    }

    /** A business model with the field names of {@code pricing.yaml}. */
    public static ObjectNode pricing(Pricing pricing) {
        ObjectNode node = JSON.objectNode();
        node.put("model", pricing.model().name().toLowerCase(Locale.ROOT));
        exact(node, "usd_per_vcpu_hour", pricing.usdPerVcpuHour());
        exact(node, "usd_per_gib_hour", pricing.usdPerGibHour());
        exact(node, "usd_per_storage_gib_hour", pricing.usdPerStorageGibHour());
        exact(node, "usd_per_gib_transferred", pricing.usdPerGibTransferred());
        return node;
    }

    static ArrayNode strings(Collection<String> texts) {
        ArrayNode array = JSON.arrayNode(texts.size());
        texts.forEach(array::add);
        return array;
    }

    /** Adds a list, unless it is empty. */
    private static void put(ObjectNode node, String field, Collection<String> texts) {
        if (!texts.isEmpty()) {
            node.set(field, strings(texts));
        }
    }

    /** Adds a number of a fact, unless it is unknown. */
    private static void exact(ObjectNode node, String field, double number) {
        if (Double.isInfinite(number)) {
            node.put(field, number > 0 ? UNBOUNDED : "-" + UNBOUNDED);
        } else {
            put(node, field, number);
        }
    }

    /** Adds a number, unless it is unknown, or without bound as JSON cannot say it; whole ones without a fraction. */
    static void put(ObjectNode node, String field, double number) {
        if (number == Math.rint(number) && Math.abs(number) < MAX_EXACT) {
            node.put(field, (long) number);
        } else if (Double.isFinite(number)) {
            node.put(field, number);
        }
    }

    /** Adds a number that was worked out, with seven significant digits; otherwise as {@link #put}. */
    public static void rounded(ObjectNode node, String field, double number) {
        put(node, field, Numbers.significant(number));
    }

    /** Adds a text, unless it is unknown. */
    public static void put(ObjectNode node, String field, @Nullable String text) {
        if (text != null) {
            node.put(field, text);
        }
    }
}
