package io.regrade.plan;

import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Projection;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Machines, targets and limits for tests of plans. */
final class Planned {

    private Planned() {}

    static Target target(String id, @Nullable Integer places) {
        return target(id, 4, 16, places);
    }

    static Target target(String id, double vcpu, double memoryGib, @Nullable Integer places) {
        return new Target(
                id,
                Target.Kind.CLASS,
                "aurora",
                "north-1",
                id,
                "x86_64",
                new Capacity(vcpu, memoryGib, 100, Double.NaN, Double.NaN, 10, 0),
                OperatingSystem.parse("ubuntu-24.04"),
                false,
                Set.of(),
                0.1,
                places,
                Map.of());
    }

    static Option option(Target target, double net) {
        return option(target, net, net, 0.5);
    }

    static Option option(Target target, double net, double saving, double risk) {
        return new Option(
                "choose-saving",
                "it saves something",
                new Projection(target, List.of(), 0, null, 0, 73, Double.NaN, saving, 0, 0, Double.NaN, risk, null),
                net);
    }

    /** A machine of a group and an owner; both may be null. */
    static Mover mover(Vm vm, boolean obliged, Option... options) {
        return new Mover("decision-" + vm.id(), vm, obliged, null, 100, List.of(options));
    }

    static Mover mover(String id, Option... options) {
        return mover(vm(id, null, Map.of()), false, options);
    }

    static Vm vm(String id, @Nullable String group, Map<String, String> tags) {
        return new Vm(
                id,
                id,
                "aurora",
                "north-1",
                "g5.2xlarge",
                "x86_64",
                new Capacity(8, 32, 100, Double.NaN, Double.NaN, 10, 0),
                OperatingSystem.parse("ubuntu-24.04"),
                Set.of(),
                0.2,
                group,
                "shop",
                tags);
    }

    static SharedLimit pool(String id, Set<String> targets, double count, double vcpu, double memory, boolean spread) {
        Capacity capacity = new Capacity(vcpu, memory, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        return new SharedLimit(
                id,
                SharedLimit.Kind.POOL,
                null,
                null,
                null,
                null,
                targets,
                null,
                null,
                count,
                capacity,
                Double.NaN,
                spread);
    }

    static FleetPlan plan(List<Mover> movers, SharedLimit... limits) {
        return Planner.plan(movers, List.of(limits), PlanSettings.DEFAULT);
    }

    /** Where machines go, such as {@code a→t1}, in their order. */
    static List<String> where(FleetPlan plan) {
        List<String> where = new ArrayList<>();
        plan.moves()
                .forEach(move -> where.add(
                        move.mover().vm().id() + "→" + move.option().target().id()));
        return where;
    }
}
