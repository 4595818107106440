package io.regrade.bench;

import io.regrade.bench.Answer.NeedOf;
import io.regrade.catalog.Catalog;
import io.regrade.catalog.Search;
import io.regrade.fact.Action;
import io.regrade.fact.Attribute;
import io.regrade.fact.Capacity;
import io.regrade.fact.Configuration;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Projection;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.policy.PolicyBundle;
import io.regrade.simulate.MadeToMeasure;
import io.regrade.simulate.Simulation;
import io.regrade.simulate.Simulator;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The standard policy written by hand, as fast as is sensible, over the same catalogue and simulator: no sentences, no
 * trace, no exclusions, and nothing that a business could edit. Thread-safe.
 */
final class HandWritten {

    private static final double HOURS_A_MONTH = 730;
    private static final int FIRST_LOOK = 6;
    private static final int WIDEST_LOOK = 12_000;
    private static final Comparator<Requirement> BY_TEXT = Comparator.comparing(Requirement::attribute)
            .thenComparing(Requirement::operator)
            .thenComparing(Requirement::value);

    private final Catalog catalog;
    private final Simulator simulator;
    private final HandTables tables;

    HandWritten(PolicyBundle policy, Catalog catalog, Simulator simulator) {
        this.catalog = catalog;
        this.simulator = simulator;
        this.tables = new HandTables(policy);
    }

    Answer decide(VmFacts facts, EvaluationTime time) {
        Target current = catalog.currentClassOf(facts.vm());
        Vm vm = current == null ? facts.vm() : facts.vm().withCapacityFrom(current.capacity());
        HandLimits limits = tables.limits(vm.environment());
        HandNeeds found = new HandNeeds(facts, vm, limits);
        if (found.tooLittleData()) {
            return new Answer(Action.INSUFFICIENT_DATA, null, 0, List.of(), List.of());
        }
        String data = vm.tag("data");
        Requirement feature = data.isEmpty() ? null : tables.feature(data);
        LifeCycle cycle = vm.os() == null ? null : tables.lifeCycle(vm.os().series());
        found.require(feature);
        found.find(cycle, time, feature);
        if (found.needs.isEmpty()) {
            return new Answer(Action.KEEP, null, 0, List.of(), List.of());
        }
        if (!found.solvedByMoving) {
            return new Answer(Action.KEEP, null, 0, found.needs, List.of());
        }
        constrain(found, vm, facts.sla());
        return choose(facts, vm, found, limits);
    }

    private static void constrain(HandNeeds found, Vm vm, @Nullable Sla sla) {
        List<Requirement> qualities = found.qualities;
        if (vm.arch() != null && !found.otherArch) {
            qualities.add(Requirement.equal(Attribute.ARCH, vm.arch(), ""));
        }
        if (vm.os() != null && !found.newerOs) {
            qualities.add(Requirement.equal(Attribute.OS, vm.os().toString(), ""));
        }
        for (String feature : vm.features()) {
            qualities.add(Requirement.equal(Attribute.FEATURE, feature, ""));
        }
        int gpu = Resource.GPU.ordinal();
        if (vm.capacity().gpu() > 0 && !(found.floor[gpu] >= vm.capacity().gpu())) {
            found.floor[gpu] = vm.capacity().gpu();
        }
        boolean clouds = sla != null && !sla.allowedClouds().isEmpty();
        boolean regions = sla != null && !sla.allowedRegions().isEmpty();
        if (clouds) {
            qualities.add(Requirement.equal(Attribute.CLOUD, sla.clouds(), ""));
        } else if (vm.cloud() != null) {
            qualities.add(Requirement.equal(Attribute.CLOUD, vm.cloud(), ""));
        }
        if (regions) {
            qualities.add(Requirement.equal(Attribute.REGION, sla.regions(), ""));
        } else if (!clouds && vm.region() != null) {
            qualities.add(Requirement.equal(Attribute.REGION, vm.region(), ""));
        }
        if (sla != null && !sla.allowedFamilies().isEmpty()) {
            qualities.add(Requirement.equal(Attribute.FAMILY, sla.families(), ""));
        }
        qualities.sort(BY_TEXT);
    }

    private Answer choose(VmFacts original, Vm vm, HandNeeds found, HandLimits limits) {
        Configuration required =
                new Configuration(minimum(found.floor, original.vm().capacity()), found.qualities);
        VmFacts facts = vm == original.vm()
                ? original
                : new VmFacts(vm, original.usage(), original.modules(), original.sla(), original.redundancy());
        Simulation simulation = simulator.of(facts, limits.simulation());
        HandTargets judge = new HandTargets(limits, facts.sla(), gaps(found.needs));
        boolean saving = !found.upgrade && !found.obligation;
        Best best = new Best();
        Search search = catalog.search(required);
        int looked = 0;
        for (int look = FIRST_LOOK; !best.any && looked < WIDEST_LOOK; look *= 2) {
            List<Target> page = search.next(look);
            if (page.isEmpty()) {
                break;
            }
            for (Target target : page) {
                if (found.rebuilt || !isWhereItIs(target, vm)) {
                    looked++;
                    Projection projection = simulation.on(target);
                    if (!judge.vetoed(projection)) {
                        best.offer(projection, judge.net(projection), saving, limits.minimumSaving());
                    }
                }
            }
        }
        Projection chosen = found.obligation || best.net >= limits.minimumSaving() ? best.projection : null;
        if (chosen != null) {
            return new Answer(
                    Action.RECLASSIFY, chosen.target(), chosen.savingUsdMonth(), found.needs, judge.benefits(chosen));
        }
        if (!best.any) {
            double price = simulator.priceUsdHour(MadeToMeasure.of(required, facts, limits.simulation()), facts);
            double saved = simulation.costUsdMonthNow() - price * HOURS_A_MONTH;
            boolean tooDear = facts.sla() != null && facts.sla().maxPriceUsdMonth() < price * HOURS_A_MONTH;
            if (saving ? saved >= limits.minimumSaving() : !tooDear) {
                return new Answer(Action.INSTANTIATE, null, saved, found.needs, List.of());
            }
        }
        return new Answer(Action.KEEP, null, 0, found.needs, List.of());
    }

    /** The candidate that is best by net benefit, then price, then id. */
    private static final class Best {
        private boolean any;
        private @Nullable Projection projection;
        private double net = Double.NaN;

        void offer(Projection one, double worth, boolean saving, double minimumSaving) {
            if (Double.isNaN(worth)) {
                return;
            }
            any = true;
            if (saving && !(one.savingUsdMonth() >= minimumSaving)) {
                return;
            }
            if (projection == null || worth > net || (worth == net && before(one.target(), projection.target()))) {
                projection = one;
                net = worth;
            }
        }

        private static boolean before(Target a, Target b) {
            int byPrice = Double.compare(a.priceUsdHour(), b.priceUsdHour());
            return byPrice != 0 ? byPrice < 0 : a.id().compareTo(b.id()) < 0;
        }
    }

    private static int gaps(List<NeedOf> needs) {
        int gaps = 0;
        for (NeedOf need : needs) {
            gaps += need.attribute() == Attribute.OS || need.attribute() == Attribute.FEATURE ? 1 : 0;
        }
        return gaps;
    }

    private static Capacity minimum(double[] floor, Capacity stated) {
        Resource[] resources = Resource.values();
        for (int r = 0; r < resources.length; r++) {
            double amount = Double.isNaN(floor[r]) ? stated.of(resources[r]) : floor[r];
            floor[r] = amount > 0 ? amount : Double.NaN;
        }
        return new Capacity(floor[0], floor[1], floor[2], floor[3], floor[4], floor[5], floor[6]);
    }

    private static boolean isWhereItIs(Target target, Vm vm) {
        return target.kind() == Target.Kind.CLASS
                && target.type() != null
                && target.type().equals(vm.type())
                && Objects.equals(target.region(), vm.region())
                && Objects.equals(target.cloud(), vm.cloud());
    }
}
