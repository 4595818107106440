package io.regrade.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Action;
import io.regrade.fact.Attribute;
import io.regrade.fact.Capacity;
import io.regrade.fact.CounterOffer;
import io.regrade.fact.Course;
import io.regrade.fact.Dismissal;
import io.regrade.fact.Distribution;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Pricing;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@link FactJson} wrote: the records are equal to those that were written, to the last bit of each
 * number and bin. Every method throws {@link IllegalArgumentException}, with the field, for what was not written so.
 * Thread-safe.
 */
public final class FactReader {

    private FactReader() {}

    /** The inverse of {@link FactJson#facts}. */
    public static VmFacts facts(JsonNode node) {
        JsonNode sla = node.get("sla");
        JsonNode counter = node.get("counter_offer");
        return new VmFacts(
                vm(object(node, "vm")),
                list(node, "usage", FactReader::usage),
                list(node, "modules", FactReader::module),
                sla == null ? null : sla(sla),
                list(node, "redundancy", FactReader::redundancy),
                list(node, "dismissals", FactReader::dismissal),
                counter == null ? null : counterOffer(counter));
    }

    /** The inverse of {@link FactJson#vm}. */
    public static Vm vm(JsonNode node) {
        return new Vm(
                required(node, "id"),
                required(node, "name"),
                text(node, "cloud"),
                text(node, "region"),
                text(node, "type"),
                text(node, "arch"),
                capacity(node),
                system(node),
                texts(node, "features"),
                number(node, "price_usd_hour"),
                text(node, "group"),
                text(node, "owner"),
                tags(node));
    }

    /** The inverse of {@link FactJson#target}. */
    public static Target target(JsonNode node) {
        JsonNode burstable = node.get("burstable");
        JsonNode available = node.get("available");
        return new Target(
                required(node, "id"),
                constant(node, "kind", Target.Kind.class),
                text(node, "cloud"),
                text(node, "region"),
                text(node, "type"),
                text(node, "arch"),
                capacity(node),
                system(node),
                burstable == null ? null : burstable.booleanValue(),
                texts(node, "features"),
                number(node, "price_usd_hour"),
                available == null ? null : available.intValue(),
                tags(node));
    }

    /** The inverse of {@link FactJson#pricing}. */
    public static Pricing pricing(JsonNode node) {
        return new Pricing(
                constant(node, "model", Pricing.Model.class),
                number(node, "usd_per_vcpu_hour"),
                number(node, "usd_per_gib_hour"),
                number(node, "usd_per_storage_gib_hour"),
                number(node, "usd_per_gib_transferred"));
    }

    private static Usage usage(JsonNode node) {
        return new Usage(
                resource(node),
                Instant.parse(required(node, "from")),
                Instant.parse(required(node, "to")),
                node.path("samples").longValue(),
                number(node, "coverage"),
                number(node, "mean"),
                number(node, "p50"),
                number(node, "p90"),
                number(node, "p95"),
                number(node, "p99"),
                number(node, "p995"),
                number(node, "max"),
                number(node, "trend_per_day"),
                distribution(node),
                node.has("course") ? course(node.path("course")) : null);
    }

    private static Course course(JsonNode node) {
        double low = number(node, "trend_low");
        double high = number(node, "trend_high");
        return new Course(
                node.path("days").intValue(),
                number(node, "recent_peak"),
                number(node, "peak_recurrence"),
                number(node, "burstiness"),
                number(node, "daily_seasonality"),
                number(node, "weekly_seasonality"),
                Double.isNaN(low) ? Double.NEGATIVE_INFINITY : low,
                Double.isNaN(high) ? Double.POSITIVE_INFINITY : high);
    }

    private static Distribution distribution(JsonNode node) {
        byte[] content;
        try {
            content = node.path("bins").binaryValue();
        } catch (IOException e) {
            throw new IllegalArgumentException("`bins` are not Base64", e);
        }
        if (content == null || content.length % (2 * Double.BYTES) != 0) {
            throw new IllegalArgumentException("`bins` are missing or cut off");
        }
        ByteBuffer bins = ByteBuffer.wrap(content);
        double[] values = new double[content.length / (2 * Double.BYTES)];
        double[] cumulative = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = bins.getDouble();
            cumulative[i] = bins.getDouble();
        }
        return Distribution.ofCumulative(values, cumulative);
    }

    private static SoftwareModule module(JsonNode node) {
        String name = required(node, "name");
        String version = text(node, "version");
        String source = SoftwareModule.source(name, version);
        return new SoftwareModule(name, version, list(node, "requires", stated -> requirement(stated, source)));
    }

    private static Requirement requirement(JsonNode node, String source) {
        if (node.isTextual()) {
            return Requirement.parse(node.textValue(), source);
        }
        String sign = required(node, "operator");
        for (Requirement.Operator operator : Requirement.Operator.values()) {
            if (operator.sign().equals(sign)) {
                return new Requirement(
                        constant(node, "attribute", Attribute.class),
                        operator,
                        required(node, "value"),
                        number(node, "amount"),
                        required(node, "source"));
            }
        }
        throw new IllegalArgumentException("`" + sign + "` is no operator");
    }

    private static Sla sla(JsonNode node) {
        return new Sla(
                number(node, "max_saturated_hours_month"),
                number(node, "min_availability"),
                number(node, "max_price_usd_month"),
                texts(node, "allowed_clouds"),
                texts(node, "allowed_regions"),
                texts(node, "allowed_families"),
                text(node, "window"));
    }

    private static Redundancy redundancy(JsonNode node) {
        return new Redundancy(
                required(node, "group"), node.path("members").intValue(), resource(node), number(node, "group_peak"));
    }

    private static Dismissal dismissal(JsonNode node) {
        String key = required(node, "action");
        for (Action action : Action.values()) {
            if (action.key().equals(key)) {
                return new Dismissal(
                        action,
                        text(node, "target"),
                        Instant.parse(required(node, "until")),
                        required(node, "by"),
                        required(node, "reason"));
            }
        }
        throw new IllegalArgumentException("`" + key + "` is no `action`");
    }

    private static CounterOffer counterOffer(JsonNode node) {
        String notBefore = text(node, "not_before");
        return new CounterOffer(
                texts(node, "families"),
                number(node, "max_price_usd_month"),
                texts(node, "windows"),
                notBefore == null ? null : Instant.parse(notBefore),
                Instant.parse(required(node, "until")),
                required(node, "by"));
    }

    private static Capacity capacity(JsonNode node) {
        Capacity capacity = Capacity.UNKNOWN;
        for (Resource resource : Resource.values()) {
            capacity = capacity.with(resource, number(node, resource.key()));
        }
        return capacity;
    }

    private static Resource resource(JsonNode node) {
        String key = required(node, "resource");
        for (Resource resource : Resource.values()) {
            if (resource.key().equals(key)) {
                return resource;
            }
        }
        throw new IllegalArgumentException("`" + key + "` is no resource");
    }

    private static @Nullable OperatingSystem system(JsonNode node) {
        String os = text(node, "os");
        return os == null ? null : OperatingSystem.parse(os);
    }

    private static <E extends Enum<E>> E constant(JsonNode node, String field, Class<E> type) {
        String text = required(node, field);
        try {
            return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("`" + text + "` is no `" + field + "`", e);
        }
    }

    private static JsonNode object(JsonNode node, String field) {
        JsonNode object = node.get(field);
        if (object == null || !object.isObject()) {
            throw new IllegalArgumentException("`" + field + "` is missing");
        }
        return object;
    }

    private static String required(JsonNode node, String field) {
        String text = text(node, field);
        if (text == null) {
            throw new IllegalArgumentException("`" + field + "` is missing");
        }
        return text;
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value != null && !value.isTextual()) {
            throw new IllegalArgumentException("`" + field + "` is no text");
        }
        return value == null ? null : value.textValue();
    }

    private static double number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            return Double.NaN;
        }
        if (value.isNumber()) {
            return value.doubleValue();
        }
        if (value.asText().equals(FactJson.UNBOUNDED)) {
            return Double.POSITIVE_INFINITY;
        }
        if (value.asText().equals("-" + FactJson.UNBOUNDED)) {
            return Double.NEGATIVE_INFINITY;
        }
        throw new IllegalArgumentException("`" + field + "` is no number");
    }

    private static Set<String> texts(JsonNode node, String field) {
        return new LinkedHashSet<>(list(node, field, JsonNode::asText));
    }

    private static Map<String, String> tags(JsonNode node) {
        Map<String, String> tags = new LinkedHashMap<>();
        node.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }

    private static <T> List<T> list(JsonNode node, String field, Function<JsonNode, T> reader) {
        List<T> list = new ArrayList<>(node.path(field).size());
        node.path(field).forEach(one -> list.add(reader.apply(one)));
        return list;
    }
}
