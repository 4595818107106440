package io.regrade.intake.inventory;

import io.regrade.fact.Capacity;
import io.regrade.fact.Requirement;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Maps a row to a fact, the same for files and requests; null after something about the row was reported. */
final class FactRows {

    private FactRows() {}

    static @Nullable Vm vm(FieldSource source) {
        Fields fields = new Fields(source);
        String id = fields.required("id");
        String name = fields.text("name");
        Capacity capacity = capacity(fields);
        Vm vm = new Vm(
                id == null ? "" : id,
                name != null ? name : id == null ? "" : id,
                fields.text("cloud"),
                fields.text("region"),
                fields.text("type"),
                fields.text("arch"),
                capacity,
                fields.os("os"),
                fields.lowerWords("features"),
                fields.amount("price_usd_hour"),
                fields.text("group"),
                fields.text("owner"),
                fields.tags(Schema.VMS));
        return fields.isFine() ? vm : null;
    }

    static @Nullable Target target(FieldSource source) {
        Fields fields = new Fields(source);
        String id = fields.required("id");
        Target.Kind kind = kind(fields);
        Integer available = fields.count("available");
        if (kind == Target.Kind.MACHINE) {
            if (available != null && available > 1) {
                fields.problem(
                        "available", "`available` is `" + available + "` of one machine. Maybe the kind is `class`");
            }
            available = available == null ? Integer.valueOf(1) : available;
        }
        Target target = new Target(
                id == null ? "" : id,
                kind,
                fields.text("cloud"),
                fields.text("region"),
                fields.text("type"),
                fields.text("arch"),
                capacity(fields),
                fields.os("os"),
                fields.flag("burstable"),
                fields.lowerWords("features"),
                fields.amount("price_usd_hour"),
                available,
                fields.tags(Schema.TARGETS));
        return fields.isFine() ? target : null;
    }

    private static Target.Kind kind(Fields fields) {
        String kind = fields.text("kind");
        if (kind != null && !kind.equals("class") && !kind.equals("machine")) {
            fields.problem("kind", "`kind` is `" + Fields.shorten(kind) + "`. Maybe `class` or `machine`");
        }
        return "machine".equals(kind) ? Target.Kind.MACHINE : Target.Kind.CLASS;
    }

    private static Capacity capacity(Fields fields) {
        return new Capacity(
                fields.positive("vcpu"),
                fields.positive("memory_gib"),
                fields.amount("storage_gib"),
                fields.amount("disk_mbps"),
                fields.amount("disk_iops"),
                fields.amount("network_gbps"),
                fields.amount("gpu"));
    }

    static @Nullable SoftwareModule module(FieldSource source) {
        Fields fields = new Fields(source);
        String name = fields.required("name");
        String version = fields.text("version");
        String stated = SoftwareModule.source(String.valueOf(name), version);
        List<Requirement> requires = new ArrayList<>();
        for (String text : fields.list("requires")) {
            try {
                requires.add(Requirement.parse(text, stated));
            } catch (IllegalArgumentException e) {
                fields.problem("requires", String.valueOf(e.getMessage()));
            }
        }
        return fields.isFine() && name != null ? new SoftwareModule(name, version, requires) : null;
    }

    static @Nullable Sla sla(FieldSource source) {
        Fields fields = new Fields(source);
        Sla sla = new Sla(
                fields.amount("max_saturated_hours_month"),
                fields.share("min_availability"),
                fields.amount("max_price_usd_month"),
                fields.lowerWords("allowed_clouds"),
                fields.lowerWords("allowed_regions"),
                fields.lowerWords("allowed_families"),
                lower(fields.text("window")));
        return fields.isFine() ? sla : null;
    }

    private static @Nullable String lower(@Nullable String text) {
        return text == null ? null : text.toLowerCase(Locale.ROOT);
    }
}
