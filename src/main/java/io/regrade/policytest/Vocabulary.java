package io.regrade.policytest;

import io.regrade.fact.Action;
import io.regrade.fact.Benefit;
import io.regrade.fact.Need;
import io.regrade.fact.Resource;
import io.regrade.intake.inventory.VmJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The names that a test file may use: those of requests and answers, and what tests add to them. */
final class Vocabulary {

    static final List<String> SUITE = List.of("name", "at", "pricing", "vms", "targets", "cases");
    static final List<String> CASE = List.of("name", "given", "expect", "columns", "rows");
    static final List<String> ROW = List.of("name", "given", "expect");
    static final List<String> GIVEN = List.of("vm", "vms", "targets", "pricing", "at");
    static final List<String> EXPECT = List.of(
            "vm",
            "action",
            "target",
            "configuration",
            "why",
            "needs",
            "no_needs",
            "benefits",
            "rejected",
            "excluded",
            "fired",
            "not_fired",
            "saving_at_least",
            "saving_at_most",
            "risk_at_most",
            "errors",
            "vetoes",
            "no_vetoes",
            "recorded");
    static final List<String> NEED =
            List.of("resource", "direction", "obligation", "from", "to", "unit", "rule", "why");
    static final List<String> BENEFIT = List.of("kind", "amount", "unit", "worth_usd_month", "rule");
    static final List<String> REJECTED = List.of("target", "rule", "constraint", "why", "short", "unit");
    static final List<String> VETO = List.of("target", "rule", "why", "short", "unit");
    static final List<String> EXCLUDED = List.of("constraint", "source", "targets");
    static final List<String> REDUNDANCY = List.of("group", "members", "resource", "group_peak");
    static final List<String> DISMISSAL = List.of("action", "target", "until", "by", "reason");
    static final List<String> COUNTER_OFFER =
            List.of("families", "max_price_usd_month", "windows", "not_before", "until", "by");
    static final List<String> PRICING = List.of(
            "model", "usd_per_vcpu_hour", "usd_per_gib_hour", "usd_per_storage_gib_hour", "usd_per_gib_transferred");
    static final List<String> CONFIGURATION = Stream.concat(
                    Arrays.stream(Resource.values()).map(Resource::key),
                    Stream.of("requires", "price_usd_hour", "saving_usd_month"))
            .toList();
    static final List<String> VM = with(VmJson.vmFields(), "redundancy", "dismissals", "counter_offer", "extends");
    static final List<String> TARGET = with(VmJson.targetFields(), "extends");
    static final List<String> ACTIONS =
            Arrays.stream(Action.values()).map(Action::key).toList();
    static final List<String> DIRECTIONS = lower(Need.Direction.values());
    static final List<String> KINDS = lower(Benefit.Kind.values());

    private Vocabulary() {}

    private static List<String> lower(Enum<?>[] values) {
        return Arrays.stream(values)
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    private static List<String> with(List<String> names, String... more) {
        List<String> all = new ArrayList<>(names);
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
