package io.regrade.intake.inventory;

import io.regrade.fact.Capacity;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Facts as columns by name, the counterpart of {@link FactRows}; what is unknown has no column. */
final class FactColumns {

    private final Map<String, Object> columns = new LinkedHashMap<>();

    private FactColumns() {}

    static Map<String, Object> of(Vm vm) {
        FactColumns row = new FactColumns()
                .put("id", vm.id())
                .put("name", vm.name())
                .put("cloud", vm.cloud())
                .put("region", vm.region())
                .put("type", vm.type())
                .put("arch", vm.arch())
                .put(vm.capacity())
                .put("os", vm.os())
                .put("price_usd_hour", vm.priceUsdHour())
                .put("group", vm.group())
                .put("owner", vm.owner())
                .put("features", vm.features())
                .put("tags", vm.tags());
        return row.columns;
    }

    static Map<String, Object> of(Target target) {
        FactColumns row = new FactColumns()
                .put("id", target.id())
                .put("kind", target.kind() == Target.Kind.MACHINE ? "machine" : "class")
                .put("cloud", target.cloud())
                .put("region", target.region())
                .put("type", target.type())
                .put("arch", target.arch())
                .put(target.capacity())
                .put("os", target.os())
                .put("burstable", target.burstable())
                .put("price_usd_hour", target.priceUsdHour())
                .put("features", target.features())
                .put("tags", target.tags());
        Integer available = target.available();
        return row.put("available", available == null ? null : (Object) available.longValue()).columns;
    }

    static Map<String, Object> of(Usage usage) {
        FactColumns row = new FactColumns()
                .put("resource", usage.resource().key())
                .put("unit", usage.resource().unit())
                .put("window_days", usage.windowDays())
                .put("samples", usage.samples())
                .put("coverage", usage.coverage())
                .put("mean", usage.mean())
                .put("p50", usage.p50())
                .put("p90", usage.p90())
                .put("p95", usage.p95())
                .put("p99", usage.p99())
                .put("p995", usage.p995())
                .put("max", usage.max())
                .put("trend_per_day", usage.trendPerDay());
        return row.columns;
    }

    static Map<String, Object> of(SoftwareModule module) {
        FactColumns row = new FactColumns()
                .put("name", module.name())
                .put("version", module.version())
                .put(
                        "requires",
                        module.requires().stream().map(Requirement::text).toList());
        return row.columns;
    }

    static Map<String, Object> of(Sla sla) {
        FactColumns row = new FactColumns()
                .put("max_saturated_hours_month", sla.maxSaturatedHoursMonth())
                .put("min_availability", sla.minAvailability())
                .put("max_price_usd_month", sla.maxPriceUsdMonth())
                .put("allowed_clouds", sla.allowedClouds())
                .put("allowed_regions", sla.allowedRegions())
                .put("allowed_families", sla.allowedFamilies())
                .put("window", sla.window());
        return row.columns;
    }

    private FactColumns put(Capacity capacity) {
        for (Resource resource : Resource.values()) {
            put(resource.key(), capacity.of(resource));
        }
        return this;
    }

    private FactColumns put(String name, @Nullable Object value) {
        boolean unknown = value == null
                || (value instanceof Double number && number.isNaN())
                || (value instanceof Collection<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> map && map.isEmpty());
        if (value != null && !unknown) {
            columns.put(name, value);
        }
        return this;
    }

    /** A value as a cell: numbers without an exponent and without a needless fraction. */
    static String text(Object value) {
        return value instanceof Double number
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : value.toString();
    }

    /** The words that a column holds. */
    static Map<String, String> words(@Nullable Object value) {
        Map<String, String> words = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, word) -> words.put(String.valueOf(name), String.valueOf(word)));
        }
        return words;
    }
}
