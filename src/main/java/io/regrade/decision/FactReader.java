package io.regrade.decision;

import com.fasterxml.jackson.databind.JsonNode;
import io.regrade.fact.Capacity;
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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads back what {@link FactJson} has written, exactly: the facts are equal, and written again they give the same bytes.
 * For what people write, see {@code intake.inventory}. Throws {@link IllegalArgumentException} for what {@link FactJson}
 * never writes. Thread-safe.
 */
public final class FactReader {

    private FactReader() {}

    /** All that is known of one machine, see {@link FactJson#facts}. */
    public static VmFacts facts(JsonNode node) {
        List<Usage> usage = new ArrayList<>();
        node.path("usage").forEach(one -> usage.add(usage(one)));
        List<SoftwareModule> modules = new ArrayList<>();
        node.path("modules").forEach(one -> modules.add(module(one)));
        List<Redundancy> redundancy = new ArrayList<>();
        node.path("redundancy")
                .forEach(one -> redundancy.add(new Redundancy(
                        required(one, "group"),
                        one.path("members").asInt(),
                        resource(one),
                        number(one, "group_peak"))));
        return new VmFacts(
                vm(node.path("vm")), usage, modules, node.has("sla") ? sla(node.get("sla")) : null, redundancy);
    }

    private static Vm vm(JsonNode node) {
        return new Vm(
                required(node, "id"),
                required(node, "name"),
                text(node, "cloud"),
                text(node, "region"),
                text(node, "type"),
                text(node, "arch"),
                capacity(node),
                os(node),
                texts(node, "features"),
                number(node, "price_usd_hour"),
                text(node, "group"),
                text(node, "owner"),
                tags(node));
    }

    /** A target, see {@link FactJson#target}. */
    public static Target target(JsonNode node) {
        return new Target(
                required(node, "id"),
                required(node, "kind").equals("machine") ? Target.Kind.MACHINE : Target.Kind.CLASS,
                text(node, "cloud"),
                text(node, "region"),
                text(node, "type"),
                text(node, "arch"),
                capacity(node),
                os(node),
                node.has("burstable") ? node.get("burstable").booleanValue() : null,
                texts(node, "features"),
                number(node, "price_usd_hour"),
                node.has("available") ? node.get("available").intValue() : null,
                tags(node));
    }

    /** A business model, see {@link FactJson#pricing}. */
    public static Pricing pricing(JsonNode node) {
        return new Pricing(
                Pricing.Model.valueOf(required(node, "model").toUpperCase(Locale.ROOT)),
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
                node.path("samples").asLong(),
                number(node, "coverage"),
                number(node, "mean"),
                number(node, "p50"),
                number(node, "p90"),
                number(node, "p95"),
                number(node, "p99"),
                number(node, "p995"),
                number(node, "max"),
                number(node, "trend_per_day"),
                bins(node));
    }

    private static Distribution bins(JsonNode node) {
        byte[] bytes;
        try {
            bytes = node.path("bins").binaryValue();
        } catch (IOException e) {
            throw new UncheckedIOException("`bins` are not Base64", e);
        }
        if (bytes == null) {
            throw new IllegalArgumentException("`bins` are missing");
        }
        ByteBuffer bins = ByteBuffer.wrap(bytes);
        double[] values = new double[bytes.length / (2 * Double.BYTES)];
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
        List<Requirement> requires = new ArrayList<>();
        node.path("requires")
                .forEach(one -> requires.add(Requirement.parse(one.asText(), SoftwareModule.source(name, version))));
        return new SoftwareModule(name, version, requires);
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

    private static Capacity capacity(JsonNode node) {
        Capacity capacity = Capacity.UNKNOWN;
        for (Resource resource : Resource.values()) {
            capacity = capacity.with(resource, number(node, resource.key()));
        }
        return capacity;
    }

    private static @Nullable OperatingSystem os(JsonNode node) {
        String text = text(node, "os");
        return text == null ? null : OperatingSystem.parse(text);
    }

    private static Resource resource(JsonNode node) {
        String key = required(node, "resource");
        for (Resource resource : Resource.values()) {
            if (resource.key().equals(key)) {
                return resource;
            }
        }
        throw new IllegalArgumentException("`" + key + "` is not a resource");
    }

    private static double number(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? Double.NaN : value.doubleValue();
    }

    private static @Nullable String text(JsonNode node, String field) {
        JsonNode value = node.get(field);
        return value == null ? null : value.textValue();
    }

    private static String required(JsonNode node, String field) {
        String value = text(node, field);
        if (value == null) {
            throw new IllegalArgumentException("`" + field + "` is missing");
        }
        return value;
    }

    private static Set<String> texts(JsonNode node, String field) {
        Set<String> texts = new LinkedHashSet<>();
        node.path(field).forEach(one -> texts.add(one.asText()));
        return texts;
    }

    private static Map<String, String> tags(JsonNode node) {
        Map<String, String> tags = new LinkedHashMap<>();
        node.path("tags")
                .properties()
                .forEach(tag -> tags.put(tag.getKey(), tag.getValue().asText()));
        return tags;
    }
}
