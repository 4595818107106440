package io.regrade.fact;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that several machines share, so that not all of them can have what would be best for each. Immutable.
 *
 * @param id its name, unique among all
 * @param kind what is limited
 * @param cloud only targets (of a budget: machines) of this cloud; null for all
 * @param region only those of this region; null for all
 * @param family only those of this instance family, such as {@code m5}; null for all
 * @param os only targets of this operating system's family, such as {@code windows}; null for all
 * @param targets only these targets, by id; empty for all
 * @param owner only machines of this owner; null for all
 * @param group only machines of this group; null for all
 * @param count how many machines; NaN for no such limit
 * @param capacity how much they may have together: vCPU, GiB of memory and storage, Gbit/s; unknown for no such limit
 * @param usdMonth what they may cost together, US dollars a month; NaN for no such limit
 * @param spread whether losing it loses all in it at once, so that members of one group must not meet there
 */
public record SharedLimit(
        String id,
        Kind kind,
        @Nullable String cloud,
        @Nullable String region,
        @Nullable String family,
        @Nullable String os,
        Set<String> targets,
        @Nullable String owner,
        @Nullable String group,
        @MayBeUnknown double count,
        Capacity capacity,
        @MayBeUnknown double usdMonth,
        boolean spread) {

    /** What is limited. */
    public enum Kind {
        /** What is free on hosts that several targets are on: places, and capacity of each resource. */
        POOL,
        /** What machines may cost together from now on. */
        BUDGET,
        /** Licences that are free. */
        LICENCE,
        /** What is paid whether it is used or not: moves must not leave it unused. Its capacity is what was committed to. */
        COMMITMENT
    }

    /** Copies the targets, in a fixed order. */
    public SharedLimit {
        targets = Ordered.copy(targets);
    }

    /** Whether it is about a target. */
    public boolean covers(Target target) {
        return isWithin(target)
                && (targets.isEmpty() || targets.contains(target.id()))
                && (os == null || target.os() != null && os.equals(target.os().family()));
    }

    /** Whether it is about a machine where that is now. */
    public boolean covers(Vm vm) {
        return isWithin(vm)
                && (owner == null || owner.equals(vm.owner()))
                && (group == null || group.equals(vm.group()));
    }

    private boolean isWithin(Machine machine) {
        return (cloud == null || cloud.equals(machine.cloud()))
                && (region == null || region.equals(machine.region()))
                && (family == null || family.equals(machine.family()));
    }
}
