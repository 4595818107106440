package io.regrade.bench;

import static io.regrade.bench.EvreteRules.conclude;
import static io.regrade.bench.EvreteRules.limit;
import static io.regrade.bench.EvreteRules.on;
import static io.regrade.bench.EvreteRules.usage;

import io.regrade.fact.Choice;
import io.regrade.fact.Limit;
import io.regrade.fact.Numbers;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import org.evrete.api.Knowledge;
import org.evrete.api.RhsContext;
import org.evrete.api.builders.RuleSetBuilder;

/** The phase {@code require} in Evrete. */
final class EvreteRequire {

    private EvreteRequire() {}

    static void rules(RuleSetBuilder<Knowledge> rules, HandTables tables) {
        data(rules);
        processors(rules);
        memory(rules);
        growth(rules, "memory", Resource.MEMORY, "the highest use seen");
        highest(rules, "storage", Resource.STORAGE, "the most stored");
        peak(rules, "disk-throughput-demand", "disk-headroom", Resource.DISK_THROUGHPUT);
        peak(rules, "disk-iops-demand", "disk-headroom", Resource.DISK_IOPS);
        peak(rules, "network-demand", "network-headroom", Resource.NETWORK);
        redundancy(rules);
        tables.lifeCycles()
                .forEach((series, cycle) -> rules.newRule("os-life-cycle-" + series)
                        .forEach("$vm", Vm.class)
                        .where(on(o -> series.equals(((Vm) o[0]).osSeries())), "$vm")
                        .execute(c -> conclude(c, cycle, "$vm")));
        tables.features()
                .forEach((data, feature) -> rules.newRule("feature-" + data)
                        .forEach("$vm", Vm.class)
                        .where(on(o -> data.equals(((Vm) o[0]).tag("data"))), "$vm")
                        .execute(c -> conclude(c, feature, "$vm")));
    }

    private static void data(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("data-too-short")
                .forEach("$l", Limit.class, "$u", Usage.class)
                .where(limit("minimum-days"), "$l")
                .where(usage(Resource.CPU), "$u")
                .where(on(o -> ((Usage) o[0]).coveredDays() < ((Limit) o[1]).value()), "$u", "$l")
                .execute(c -> conclude(
                        c,
                        Choice.insufficientData("only " + Numbers.show(use(c).coveredDays())
                                + " days of processor use are known, " + Numbers.show(value(c)) + " are needed"),
                        "$l",
                        "$u"));
        rules.newRule("data-too-sparse")
                .forEach("$l", Limit.class, "$u", Usage.class)
                .where(limit("minimum-coverage"), "$l")
                .where(usage(Resource.CPU), "$u")
                .where(on(o -> ((Usage) o[0]).coverage() < ((Limit) o[1]).value()), "$u", "$l")
                .execute(c -> conclude(
                        c,
                        Choice.insufficientData("only " + Numbers.percent(use(c).coverage())
                                + " of the look-back window was measured, " + Numbers.percent(value(c))
                                + " is needed"),
                        "$l",
                        "$u"));
        rules.newRule("data-missing")
                .forEach("$s", EvreteSummary.class)
                .where(on(o -> !((EvreteSummary) o[0]).measured()), "$s")
                .execute(c -> conclude(c, Choice.insufficientData("no processor use is known")));
    }

    private interface Demanding {
        Requirement of(double limit, Usage use);
    }

    private static void demand(
            RuleSetBuilder<Knowledge> rules, String id, String limit, Resource resource, Demanding demanding) {
        rules.newRule(id)
                .forEach("$l", Limit.class, "$u", Usage.class)
                .where(limit(limit), "$l")
                .where(usage(resource), "$u")
                .execute(c -> conclude(c, demanding.of(value(c), use(c)), "$l", "$u"));
    }

    private static void peak(RuleSetBuilder<Knowledge> rules, String id, String limit, Resource resource) {
        demand(
                rules,
                id,
                limit,
                resource,
                (headroom, use) ->
                        Requirement.withHeadroom(resource, use.p995(), headroom, "the 99.5th percentile of its use"));
    }

    private static void highest(RuleSetBuilder<Knowledge> rules, String name, Resource resource, String source) {
        demand(
                rules,
                name + "-demand",
                name + "-headroom",
                resource,
                (headroom, use) -> Requirement.withHeadroom(resource, use.max(), headroom, source));
        growth(rules, name, resource, source);
    }

    private static void processors(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("cpu-demand")
                .forEach("$t", Limit.class, "$p", Limit.class, "$h", Limit.class, "$u", Usage.class)
                .where(limit("cpu-target-utilisation"), "$t")
                .where(limit("vcpu-price"), "$p")
                .where(limit("saturated-hour-worth"), "$h")
                .where(usage(Resource.CPU), "$u")
                .execute(c -> conclude(
                        c,
                        Requirement.worthwhile(use(c), value(c, "$t"), value(c, "$p"), value(c, "$h")),
                        "$t",
                        "$p",
                        "$h",
                        "$u"));
    }

    private static void memory(RuleSetBuilder<Knowledge> rules) {
        for (boolean pressed : new boolean[] {false, true}) {
            rules.newRule(pressed ? "memory-demand-pressed" : "memory-demand")
                    .forEach(
                            "$l",
                            Limit.class,
                            "$p",
                            Limit.class,
                            "$w",
                            Limit.class,
                            "$m",
                            Limit.class,
                            "$s",
                            Limit.class,
                            "$x",
                            Limit.class,
                            "$vm",
                            Vm.class,
                            "$u",
                            Usage.class)
                    .where(limit("memory-headroom"), "$l")
                    .where(limit("gib-price"), "$p")
                    .where(limit("memory-shortage-worth"), "$w")
                    .where(limit("memory-excess-median"), "$m")
                    .where(limit("memory-excess-shape"), "$s")
                    .where(limit("pressure-utilisation"), "$x")
                    .where(usage(Resource.MEMORY), "$u")
                    .where(on(o -> isPressed((Usage) o[0], (Vm) o[1], (Limit) o[2]) == pressed), "$u", "$vm", "$x")
                    .execute(c -> conclude(c, memory(c, pressed), "$l", "$p", "$w", "$m", "$s", "$x", "$vm", "$u"));
        }
    }

    private static boolean isPressed(Usage use, Vm vm, Limit pressure) {
        return !(use.max() < vm.capacity().memoryGib() * pressure.value());
    }

    private static Requirement memory(RhsContext c, boolean pressed) {
        Vm vm = c.get("$vm");
        return Requirement.worthwhileSpare(
                use(c),
                value(c, "$l"),
                value(c, "$p"),
                value(c, "$w"),
                value(c, "$m"),
                value(c, "$s"),
                pressed ? Double.POSITIVE_INFINITY : vm.capacity().memoryGib());
    }

    private static double value(RhsContext c, String name) {
        Limit limit = c.get(name);
        return limit.value();
    }

    private static void growth(RuleSetBuilder<Knowledge> rules, String name, Resource resource, String source) {
        rules.newRule(name + "-growth")
                .forEach("$l", Limit.class, "$u", Usage.class)
                .where(limit("growth-horizon-days"), "$l")
                .where(usage(resource), "$u")
                .where(on(o -> ((Usage) o[0]).trendPerDay() > 0), "$u")
                .execute(c -> conclude(c, Requirement.afterGrowth(use(c), value(c), source), "$l", "$u"));
    }

    private static void redundancy(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("redundancy-share")
                .forEach("$l", Limit.class, "$sla", Sla.class, "$g", Redundancy.class)
                .where(limit("redundancy-availability"), "$l")
                .where(on(o -> ((Redundancy) o[0]).shareAfterLoss() > 0), "$g")
                .where(EvreteRequire::agreed, "$sla", "$l")
                .execute(c -> conclude(c, share(c.get("$g")), "$l", "$sla", "$g"));
        rules.newRule("redundancy-small-group")
                .forEach("$l", Limit.class, "$g", Redundancy.class)
                .where(limit("redundancy-group-size"), "$l")
                .where(on(o -> ((Redundancy) o[0]).shareAfterLoss() > 0), "$g")
                .where(on(o -> ((Redundancy) o[0]).members() <= ((Limit) o[1]).value()), "$g", "$l")
                .execute(c -> conclude(c, share(c.get("$g")), "$l", "$g"));
        rules.newRule("redundancy-unknown")
                .forEach(
                        "$l",
                        Limit.class,
                        "$sla",
                        Sla.class,
                        "$g",
                        Redundancy.class,
                        "$vm",
                        Vm.class,
                        "$u",
                        Usage.class)
                .where(limit("redundancy-availability"), "$l")
                .where(on(o -> !((Redundancy) o[0]).isLoadKnown() && !((Redundancy) o[0]).isAlone()), "$g")
                .where(EvreteRequire::agreed, "$sla", "$l")
                .where(EvreteRequire::known, "$g", "$vm")
                .where(on(o -> ((Usage) o[0]).resource() == ((Redundancy) o[1]).resource()), "$u", "$g")
                .execute(c -> conclude(c, kept(c, "what it has: the load of group"), "$l", "$sla", "$g", "$vm", "$u"));
        rules.newRule("redundancy-alone")
                .forEach("$l", Limit.class, "$sla", Sla.class, "$g", Redundancy.class, "$vm", Vm.class)
                .where(limit("redundancy-availability"), "$l")
                .where(on(o -> ((Redundancy) o[0]).isAlone()), "$g")
                .where(EvreteRequire::agreed, "$sla", "$l")
                .where(EvreteRequire::known, "$g", "$vm")
                .execute(c -> conclude(c, kept(c, "what it has: it is alone in group"), "$l", "$sla", "$g", "$vm"));
    }

    private static boolean agreed(Object[] facts) {
        double availability = ((Sla) facts[0]).minAvailability();
        return availability > 0 && availability >= ((Limit) facts[1]).value();
    }

    private static boolean known(Object[] facts) {
        return ((Vm) facts[1]).capacity().knows(((Redundancy) facts[0]).resource());
    }

    private static Requirement share(Redundancy group) {
        return Requirement.atLeast(
                group.resource(),
                group.shareAfterLoss(),
                "the load of group " + group.group() + " on one member less than its " + group.members());
    }

    private static Requirement kept(RhsContext context, String why) {
        Redundancy group = context.get("$g");
        Vm vm = context.get("$vm");
        return Requirement.atLeast(group.resource(), vm.capacity().of(group.resource()), why + " " + group.group());
    }

    private static Usage use(RhsContext context) {
        return context.get("$u");
    }

    private static double value(RhsContext context) {
        return context.<Limit>get("$l").value();
    }
}
