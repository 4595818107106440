package io.regrade.bench;

import io.regrade.bench.Answer.NeedOf;
import io.regrade.fact.Attribute;
import io.regrade.fact.Capacity;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.LifeCycle;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The policy's phases {@code require} and {@code needs} by hand: floors, qualities and needs of one machine. */
final class HandNeeds {

    private static final Resource[] RESOURCES = Resource.values();
    private static final String[] OVERSIZED = {
        "cpu-oversized",
        "memory-oversized",
        "storage-oversized",
        "disk-throughput-oversized",
        "disk-iops-oversized",
        "network-oversized"
    };
    private static final String[] UNDERSIZED = {
        "cpu-undersized",
        "memory-undersized",
        "storage-undersized",
        "disk-throughput-undersized",
        "disk-iops-undersized",
        "network-undersized"
    };

    private final VmFacts facts;
    private final Vm vm;
    private final Capacity capacity;
    private final HandLimits limits;
    private final Usage[] usage = new Usage[RESOURCES.length];

    /** The largest amount required of each resource, NaN where nothing is. */
    final double[] floor = new double[RESOURCES.length];

    final List<Requirement> qualities = new ArrayList<>(8);
    final List<NeedOf> needs = new ArrayList<>(8);
    boolean obligation;
    boolean upgrade;
    boolean solvedByMoving;
    boolean rebuilt;
    boolean newerOs;
    boolean otherArch;

    HandNeeds(VmFacts facts, Vm vm, HandLimits limits) {
        this.facts = facts;
        this.vm = vm;
        this.capacity = vm.capacity();
        this.limits = limits;
        for (Usage one : facts.usage()) {
            usage[one.resource().ordinal()] = one;
        }
        java.util.Arrays.fill(floor, Double.NaN);
    }

    boolean tooLittleData() {
        Usage cpu = usage[Resource.CPU.ordinal()];
        return cpu == null || cpu.coveredDays() < limits.minimumDays() || cpu.coverage() < limits.minimumCoverage();
    }

    void require(@Nullable Requirement feature) {
        Usage cpu = usage[Resource.CPU.ordinal()];
        atLeast(
                Resource.CPU,
                cpu.worthwhileCapacity(limits.cpuTargetUtilisation(), limits.vcpuPrice(), limits.saturatedHourWorth()));
        memory();
        growing(Resource.MEMORY);
        storage();
        growing(Resource.STORAGE);
        peak(Resource.DISK_THROUGHPUT, limits.diskHeadroom());
        peak(Resource.DISK_IOPS, limits.diskHeadroom());
        peak(Resource.NETWORK, limits.networkHeadroom());
        redundancy(facts.sla());
        for (SoftwareModule module : facts.modules()) {
            for (Requirement stated : module.requires()) {
                Resource resource = stated.attribute().resource();
                if (resource != null && stated.operator() == Requirement.Operator.GE) {
                    atLeast(resource, stated.amount());
                } else if (stated.attribute() != Attribute.LIBRARY) {
                    qualities.add(stated);
                }
            }
        }
        if (feature != null) {
            qualities.add(feature);
        }
    }

    private void memory() {
        Usage use = usage[Resource.MEMORY.ordinal()];
        if (use != null) {
            double have = capacity.memoryGib();
            double spare = use.worthwhileSpare(
                    limits.gibPrice(),
                    limits.memoryShortageWorth(),
                    limits.simulation().medianExcess(),
                    limits.simulation().excessShape());
            double most = use.max() < have * limits.pressureUtilisation() ? have : Double.POSITIVE_INFINITY;
            double amount = use.max() * (1 + Math.max(spare, limits.memoryHeadroom()));
            atLeast(Resource.MEMORY, Math.max(Math.min(amount, most), use.max()));
        }
    }

    private void storage() {
        Usage use = usage[Resource.STORAGE.ordinal()];
        if (use != null) {
            atLeast(Resource.STORAGE, use.max() * (1 + limits.storageHeadroom()));
        }
    }

    private void growing(Resource resource) {
        Usage use = usage[resource.ordinal()];
        if (use != null && use.trendPerDay() > 0) {
            atLeast(resource, use.max() + use.trendPerDay() * limits.growthHorizonDays());
        }
    }

    private void peak(Resource resource, double headroom) {
        Usage use = usage[resource.ordinal()];
        if (use != null) {
            atLeast(resource, use.p995() * (1 + headroom));
        }
    }

    private void redundancy(@Nullable Sla sla) {
        for (Redundancy group : facts.redundancy()) {
            if (group.members() <= limits.redundancyGroupSize() && group.shareAfterLoss() > 0) {
                atLeast(group.resource(), group.shareAfterLoss());
            }
        }
        if (sla == null || !(sla.minAvailability() >= limits.redundancyAvailability()) || sla.minAvailability() <= 0) {
            return;
        }
        for (Redundancy group : facts.redundancy()) {
            Resource resource = group.resource();
            if (group.shareAfterLoss() > 0) {
                atLeast(resource, group.shareAfterLoss());
            }
            boolean unknown = !group.isLoadKnown() && usage[resource.ordinal()] != null;
            if ((unknown || group.isAlone()) && capacity.knows(resource)) {
                atLeast(resource, capacity.of(resource));
            }
        }
    }

    private void atLeast(Resource resource, double amount) {
        int r = resource.ordinal();
        if (!(floor[r] >= amount)) {
            floor[r] = amount;
        }
    }

    void find(@Nullable LifeCycle cycle, EvaluationTime time, @Nullable Requirement feature) {
        double agreedHours = facts.sla() == null ? Double.NaN : facts.sla().maxSaturatedHoursMonth();
        for (int r = 0; r < OVERSIZED.length; r++) {
            size(RESOURCES[r], agreedHours);
        }
        idle();
        for (SoftwareModule module : facts.modules()) {
            for (Requirement stated : module.requires()) {
                module(stated);
                if (stated.attribute() == Attribute.FEATURE) {
                    unmet("feature-missing", stated);
                }
            }
        }
        if (feature != null) {
            unmet("feature-missing", feature);
        }
        if (cycle != null) {
            long days = cycle.daysLeftAt(time);
            if (days < 0 || days <= limits.osWarningDays()) {
                add(days < 0 ? "os-past-end" : "os-near-end", Attribute.OS, true, days < 0, Double.NaN, Double.NaN);
                qualities.add(Requirement.osAtLeast(cycle.successor(), ""));
            }
        }
    }

    private void size(Resource resource, double agreedHours) {
        int r = resource.ordinal();
        double have = capacity.of(resource);
        double required = floor[r];
        if (have > 0 && (have - required) / have > limits.oversizedShare()) {
            add(OVERSIZED[r], Attribute.of(resource), false, false, have, required);
        }
        Usage use = usage[r];
        if (required > have && use != null) {
            boolean lasting = resource == Resource.MEMORY || resource == Resource.STORAGE;
            if ((lasting ? use.max() : use.p99()) >= have * limits.pressureUtilisation()) {
                add(UNDERSIZED[r], Attribute.of(resource), true, false, have, required);
            } else if (lasting
                    && use.trendPerDay() > 0
                    && use.max() + use.trendPerDay() * limits.growthHorizonDays() > have) {
                String rule = resource == Resource.MEMORY ? "memory-leaking" : "storage-filling";
                add(rule, Attribute.of(resource), true, false, have, required);
            }
            if (use.hoursMonthAbove(have * limits.simulation().saturation()) > agreedHours) {
                add("sla-broken", Attribute.of(resource), true, true, have, required);
            }
        }
    }

    private void idle() {
        Usage cpu = usage[Resource.CPU.ordinal()];
        Usage network = usage[Resource.NETWORK.ordinal()];
        if (network != null
                && network.p99() < limits.idleNetworkGbps()
                && cpu.p99() < capacity.vcpu() * limits.idleCpuShare()) {
            add("idle", Attribute.VCPU, false, false, capacity.vcpu(), cpu.p99());
        }
    }

    private void module(Requirement stated) {
        switch (stated.attribute()) {
            case VCPU -> {
                boolean fewer = stated.amount() < capacity.vcpu();
                unmet(fewer ? "module-processors-limit" : "module-processors", stated);
            }
            case MEMORY_GIB -> tooSmall("module-memory", stated, capacity.memoryGib());
            case STORAGE_GIB -> tooSmall("module-storage", stated, capacity.storageGib());
            case NETWORK_GBPS -> tooSmall("module-bandwidth", stated, capacity.networkGbps());
            case ARCH, ISA -> unmet("module-architecture", stated);
            case OS -> unmet("module-os", stated);
            case LIBRARY -> {
                for (SoftwareModule module : facts.modules()) {
                    if (module.provides(stated.value())) {
                        return;
                    }
                }
                add("module-library", Attribute.LIBRARY, true, true, Double.NaN, Double.NaN);
            }
            default -> {}
        }
    }

    private void tooSmall(String rule, Requirement stated, double has) {
        if (stated.amount() > has) {
            unmet(rule, stated);
        }
    }

    private void unmet(String rule, Requirement stated) {
        if (stated.metBy(vm) == Requirement.Met.NO) {
            Resource resource = stated.attribute().resource();
            double has = resource == null ? Double.NaN : capacity.of(resource);
            add(rule, stated.attribute(), !(stated.amount() < has), true, has, stated.amount());
        }
    }

    private void add(String rule, Attribute attribute, boolean more, boolean must, double from, double to) {
        needs.add(new NeedOf(rule, attribute, more, must, from, to));
        if (attribute == Attribute.LIBRARY) {
            return;
        }
        solvedByMoving = true;
        upgrade |= more;
        obligation |= must;
        rebuilt |= attribute.resource() == null;
        newerOs |= attribute == Attribute.OS;
        otherArch |= attribute == Attribute.ARCH;
    }
}
