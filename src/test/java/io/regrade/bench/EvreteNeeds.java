package io.regrade.bench;

import static io.regrade.bench.EvreteRules.conclude;
import static io.regrade.bench.EvreteRules.limit;
import static io.regrade.bench.EvreteRules.on;
import static io.regrade.bench.EvreteRules.usage;

import io.regrade.fact.Attribute;
import io.regrade.fact.Demand;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Limit;
import io.regrade.fact.Need;
import io.regrade.fact.Numbers;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.evrete.api.Knowledge;
import org.evrete.api.RhsContext;
import org.evrete.api.builders.RuleSetBuilder;

/** The phase {@code needs} in Evrete. */
final class EvreteNeeds {

    private EvreteNeeds() {}

    static void rules(RuleSetBuilder<Knowledge> rules) {
        size(rules, "cpu", Resource.CPU, Usage::p99);
        size(rules, "memory", Resource.MEMORY, Usage::max);
        size(rules, "storage", Resource.STORAGE, Usage::max);
        size(rules, "disk-throughput", Resource.DISK_THROUGHPUT, Usage::p99);
        size(rules, "disk-iops", Resource.DISK_IOPS, Usage::p99);
        size(rules, "network", Resource.NETWORK, Usage::p99);
        growing(rules, "memory-leaking", Resource.MEMORY);
        growing(rules, "storage-filling", Resource.STORAGE);
        agreed(rules);
        idle(rules);
        module(
                rules,
                "module-processors",
                Set.of(Attribute.VCPU),
                (r, vm) -> r.amount() > vm.capacity().vcpu());
        module(
                rules,
                "module-processors-limit",
                Set.of(Attribute.VCPU),
                (r, vm) -> r.amount() < vm.capacity().vcpu());
        module(
                rules,
                "module-memory",
                Set.of(Attribute.MEMORY_GIB),
                (r, vm) -> r.amount() > vm.capacity().memoryGib());
        module(
                rules,
                "module-storage",
                Set.of(Attribute.STORAGE_GIB),
                (r, vm) -> r.amount() > vm.capacity().storageGib());
        module(
                rules,
                "module-bandwidth",
                Set.of(Attribute.NETWORK_GBPS),
                (r, vm) -> r.amount() > vm.capacity().networkGbps());
        module(rules, "module-architecture", Set.of(Attribute.ARCH, Attribute.ISA), (r, vm) -> true);
        module(rules, "module-os", Set.of(Attribute.OS), (r, vm) -> true);
        library(rules);
        lifeCycle(rules);
        rules.newRule("feature-missing")
                .forEach("$vm", Vm.class, "$r", Requirement.class)
                .where(on(o -> ((Requirement) o[0]).attribute() == Attribute.FEATURE), "$r")
                .where(on(o -> ((Requirement) o[0]).metBy((Vm) o[1]) == Requirement.Met.NO), "$r", "$vm")
                .execute(c -> conclude(c, Need.unmet(c.get("$r"), c.get("$vm")), "$vm", "$r"));
    }

    private static void size(
            RuleSetBuilder<Knowledge> rules, String name, Resource resource, ToDoubleFunction<Usage> peak) {
        rules.newRule(name + "-oversized")
                .forEach("$l", Limit.class, "$d", Demand.class)
                .where(limit("oversized-share"), "$l")
                .where(on(o -> ((Demand) o[0]).resource() == resource), "$d")
                .where(on(o -> ((Demand) o[0]).spareShare() > ((Limit) o[1]).value()), "$d", "$l")
                .execute(c -> conclude(c, Need.downgrade(c.get("$d")), "$l", "$d"));
        rules.newRule(name + "-undersized")
                .forEach("$l", Limit.class, "$d", Demand.class, "$u", Usage.class)
                .where(limit("pressure-utilisation"), "$l")
                .where(on(o -> isShort(o) && ((Demand) o[0]).resource() == resource), "$d")
                .where(usage(resource), "$u")
                .where(
                        on(o -> peak.applyAsDouble((Usage) o[0]) >= ((Demand) o[1]).have() * ((Limit) o[2]).value()),
                        "$u",
                        "$d",
                        "$l")
                .execute(c -> conclude(c, Need.upgrade(c.get("$d")), "$l", "$d", "$u"));
    }

    private static boolean isShort(Object[] facts) {
        return ((Demand) facts[0]).required() > ((Demand) facts[0]).have();
    }

    private static void growing(RuleSetBuilder<Knowledge> rules, String id, Resource resource) {
        rules.newRule(id)
                .forEach("$l", Limit.class, "$days", Limit.class, "$d", Demand.class, "$u", Usage.class)
                .where(limit("pressure-utilisation"), "$l")
                .where(limit("growth-horizon-days"), "$days")
                .where(on(o -> isShort(o) && ((Demand) o[0]).resource() == resource), "$d")
                .where(on(o -> ((Usage) o[0]).resource() == resource && ((Usage) o[0]).trendPerDay() > 0), "$u")
                .where(
                        on(o -> lasts((Usage) o[0], (Demand) o[1], (Limit) o[2], (Limit) o[3])),
                        "$u",
                        "$d",
                        "$l",
                        "$days")
                .execute(c -> conclude(c, Need.upgrade(c.get("$d")), "$l", "$days", "$d", "$u"));
    }

    private static boolean lasts(Usage use, Demand demand, Limit pressure, Limit days) {
        return use.max() < demand.have() * pressure.value()
                && use.max() + use.trendPerDay() * days.value() > demand.have();
    }

    private static void agreed(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("sla-broken")
                .forEach("$l", Limit.class, "$sla", Sla.class, "$d", Demand.class, "$u", Usage.class)
                .where(limit("saturation-utilisation"), "$l")
                .where(EvreteNeeds::isShort, "$d")
                .where(on(o -> ((Usage) o[0]).resource() == ((Demand) o[1]).resource()), "$u", "$d")
                .where(
                        on(o -> ((Usage) o[0]).hoursMonthAbove(((Demand) o[1]).have() * ((Limit) o[2]).value())
                                > ((Sla) o[3]).maxSaturatedHoursMonth()),
                        "$u",
                        "$d",
                        "$l",
                        "$sla")
                .execute(c -> conclude(c, broken(c), "$l", "$sla", "$d", "$u"));
    }

    private static Need broken(RhsContext context) {
        Demand demand = context.get("$d");
        Limit saturation = context.get("$l");
        double hours = context.<Usage>get("$u").hoursMonthAbove(demand.have() * saturation.value());
        return Need.agreed(
                demand,
                "it is saturated for " + Numbers.show(hours) + " hours a month, agreed are "
                        + Numbers.show(context.<Sla>get("$sla").maxSaturatedHoursMonth()));
    }

    private static void idle(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("idle")
                .forEach("$l", Limit.class, "$bw", Limit.class, "$vm", Vm.class, "$u", Usage.class, "$net", Usage.class)
                .where(limit("idle-cpu-share"), "$l")
                .where(limit("idle-network-gbps"), "$bw")
                .where(usage(Resource.CPU), "$u")
                .where(usage(Resource.NETWORK), "$net")
                .where(
                        on(o -> ((Usage) o[0]).p99() < ((Vm) o[1]).capacity().vcpu() * ((Limit) o[2]).value()),
                        "$u",
                        "$vm",
                        "$l")
                .where(on(o -> ((Usage) o[0]).p99() < ((Limit) o[1]).value()), "$net", "$bw")
                .execute(c -> conclude(c, Need.idle(c.get("$vm"), c.get("$u")), "$l", "$bw", "$vm", "$u", "$net"));
    }

    private interface Unmet {
        boolean test(Requirement requirement, Vm vm);
    }

    private static void module(RuleSetBuilder<Knowledge> rules, String id, Set<Attribute> about, Unmet unmet) {
        rules.newRule(id)
                .forEach("$vm", Vm.class, "$m", SoftwareModule.class, "$r", Requirement.class)
                .where(on(o -> about.contains(((Requirement) o[0]).attribute())), "$r")
                .where(EvreteNeeds::states, "$m", "$r")
                .where(
                        on(o -> ((Requirement) o[0]).metBy((Vm) o[1]) == Requirement.Met.NO
                                && unmet.test((Requirement) o[0], (Vm) o[1])),
                        "$r",
                        "$vm")
                .execute(c -> conclude(c, Need.unmet(c.get("$r"), c.get("$vm")), "$vm", "$m", "$r"));
    }

    /** Facts of one machine that are equal are the same: a module states what it holds, by identity. */
    private static boolean states(Object[] facts) {
        for (Requirement stated : ((SoftwareModule) facts[0]).requires()) {
            if (stated == facts[1]) {
                return true;
            }
        }
        return false;
    }

    private static void library(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("module-library")
                .forEach(
                        "$vm", Vm.class, "$m", SoftwareModule.class, "$r", Requirement.class, "$s", EvreteSummary.class)
                .where(on(o -> ((Requirement) o[0]).attribute() == Attribute.LIBRARY), "$r")
                .where(EvreteNeeds::states, "$m", "$r")
                .where(
                        on(o -> ((EvreteSummary) o[0])
                                .modules().stream().noneMatch(module -> module.provides(((Requirement) o[1]).value()))),
                        "$s",
                        "$r")
                .execute(c -> conclude(c, Need.unmet(c.get("$r"), c.get("$vm")), "$vm", "$m", "$r"));
    }

    private static void lifeCycle(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("os-past-end")
                .forEach("$t", EvaluationTime.class, "$c", LifeCycle.class, "$vm", Vm.class)
                .where(on(o -> ((LifeCycle) o[0]).hasEndedAt((EvaluationTime) o[1])), "$c", "$t")
                .execute(c -> newerOs(c, true));
        rules.newRule("os-near-end")
                .forEach("$t", EvaluationTime.class, "$l", Limit.class, "$c", LifeCycle.class, "$vm", Vm.class)
                .where(limit("os-warning-days"), "$l")
                .where(on(o -> !((LifeCycle) o[0]).hasEndedAt((EvaluationTime) o[1])), "$c", "$t")
                .where(
                        on(o -> ((LifeCycle) o[0]).daysLeftAt((EvaluationTime) o[1]) <= ((Limit) o[2]).value()),
                        "$c",
                        "$t",
                        "$l")
                .execute(c -> newerOs(c, false));
    }

    private static void newerOs(RhsContext context, boolean past) {
        LifeCycle cycle = context.get("$c");
        String why = "security updates of " + cycle.series() + (past ? " ended on " : " end on ") + cycle.endOfLife();
        conclude(context, Need.newerOs(context.get("$vm"), cycle, past, why), "$t", "$c", "$vm");
        String source = cycle.series() + (past ? " is past its end of life" : " is near its end of life");
        conclude(context, Requirement.osAtLeast(cycle.successor(), source), "$t", "$c", "$vm");
    }
}
