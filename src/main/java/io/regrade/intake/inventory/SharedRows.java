package io.regrade.intake.inventory;

import io.regrade.fact.Capacity;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.SharedLimit.Kind;
import io.regrade.fact.Suggestion;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what machines share, pools, budgets, licences and commitments, from {@code shared.csv} or a request. */
final class SharedRows {

    private static final List<String> KINDS = Arrays.stream(Kind.values())
            .map(kind -> kind.name().toLowerCase(Locale.ROOT))
            .toList();

    private SharedRows() {}

    static List<SharedLimit> read(Source source, List<Target> targets, Problems problems) {
        Set<String> known = targets.stream().map(Target::id).collect(Collectors.toSet());
        Map<String, Long> lines = new HashMap<>();
        List<SharedLimit> limits = new ArrayList<>();
        CsvTable.read(source, Schema.SHARED, problems, row -> {
            SharedLimit limit = limit(row, known);
            if (limit == null) {
                return;
            }
            Long before = lines.putIfAbsent(limit.id(), row.line());
            if (before != null) {
                row.problem("id", "`" + Fields.shorten(limit.id()) + "` is already in line " + before);
            } else {
                limits.add(limit);
            }
        });
        return limits;
    }

    /** Maps a row; null after something about it was reported. */
    static @Nullable SharedLimit limit(FieldSource row, Set<String> known) {
        Fields fields = new Fields(row);
        String id = fields.required("id");
        Kind kind = kind(fields);
        List<String> targets = fields.list("targets");
        for (String target : targets) {
            if (!known.contains(target)) {
                fields.problem(
                        "targets",
                        "`targets` names `" + Fields.shorten(target) + "`, which is no target. Maybe "
                                + Suggestion.nearest(
                                        target,
                                        known.stream().sorted().limit(10_000).toList()));
            }
        }
        Capacity capacity = new Capacity(
                fields.amount("vcpu"),
                fields.amount("memory_gib"),
                fields.amount("storage_gib"),
                Double.NaN,
                Double.NaN,
                fields.amount("network_gbps"),
                Double.NaN);
        Integer count = fields.count("count");
        Boolean spread = fields.flag("spread");
        SharedLimit limit = new SharedLimit(
                id == null ? "" : id,
                kind == null ? Kind.POOL : kind,
                fields.text("cloud"),
                fields.text("region"),
                fields.text("family"),
                fields.text("os"),
                Set.copyOf(targets),
                fields.text("owner"),
                fields.text("group"),
                count == null ? Double.NaN : count,
                capacity,
                fields.amount("usd_month"),
                spread != null && spread);
        if (kind != null && fields.isFine()) {
            limits(limit, fields);
        }
        return fields.isFine() ? limit : null;
    }

    private static @Nullable Kind kind(Fields fields) {
        String text = fields.required("kind");
        if (text == null) {
            return null;
        }
        int place = KINDS.indexOf(text);
        if (place < 0) {
            fields.problem(
                    "kind", "`kind` is `" + Fields.shorten(text) + "`. Maybe " + Suggestion.nearest(text, KINDS));
            return null;
        }
        return Kind.values()[place];
    }

    /** A limit that limits nothing is a mistake. */
    private static void limits(SharedLimit limit, Fields fields) {
        boolean isCounted = !Double.isNaN(limit.count());
        Capacity capacity = limit.capacity();
        String missing = switch (limit.kind()) {
            case POOL ->
                isCounted || limit.spread() || !capacity.equals(Capacity.UNKNOWN)
                        ? null
                        : "a pool needs `count`, `spread` or an amount such as `vcpu`";
            case BUDGET -> Double.isNaN(limit.usdMonth()) ? "a budget needs `usd_month`" : null;
            case LICENCE -> isCounted ? null : "licences need `count`";
            case COMMITMENT -> Double.isNaN(capacity.vcpu()) ? "a commitment needs `vcpu`" : null;
        };
        if (missing != null) {
            fields.problem("kind", missing);
        }
    }
}
