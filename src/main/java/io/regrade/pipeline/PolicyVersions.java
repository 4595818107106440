package io.regrade.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one policy that are held ready. Immutable.
 *
 * @param active what decides
 * @param before what decided before it, newest first; rolling back goes there
 * @param canary what decides a share of the machines instead, null for none
 * @param share how many machines; 0 percent without a canary
 */
record PolicyVersions(
        CountedPolicy active,
        List<CountedPolicy> before,
        @Nullable CountedPolicy canary,
        VmShare share) {

    private static final VmShare NONE = new VmShare(0);

    PolicyVersions {
        before = List.copyOf(before);
    }

    static PolicyVersions of(CountedPolicy active) {
        return new PolicyVersions(active, List.of(), null, NONE);
    }

    String name() {
        return active.policy().ref().name();
    }

    /** With another one that decides all, and the current one before it; a version is in it once. */
    PolicyVersions activated(CountedPolicy next) {
        List<CountedPolicy> rest = new ArrayList<>();
        rest.add(active);
        before.stream().filter(one -> one != next && one != active).forEach(rest::add);
        return new PolicyVersions(next, rest, null, NONE);
    }

    /** With the one before that decides all; the current one is kept, and comes last to go back to. */
    PolicyVersions rolledBack() {
        List<CountedPolicy> rest = new ArrayList<>(before);
        CountedPolicy previous = rest.remove(0);
        rest.add(active);
        return new PolicyVersions(previous, rest, null, NONE);
    }

    /** With a version that decides a share of the machines; null for none any more. */
    PolicyVersions tried(@Nullable CountedPolicy version, VmShare machines) {
        return new PolicyVersions(active, before, version, version == null ? NONE : machines);
    }

    /** Without a canary. */
    PolicyVersions untried() {
        return tried(null, NONE);
    }

    /** What decides machines: the active one, and the canary if there is one. */
    List<CountedPolicy> deciding() {
        return canary == null ? List.of(active) : List.of(active, canary);
    }

    /** With older versions to go back to. */
    PolicyVersions after(List<CountedPolicy> older) {
        List<CountedPolicy> rest = new ArrayList<>(before);
        older.stream().filter(one -> one != active && !rest.contains(one)).forEach(rest::add);
        return new PolicyVersions(active, rest, canary, share);
    }

    /** With at most so many held, the current one counted. */
    PolicyVersions atMost(int count) {
        return new PolicyVersions(active, before.subList(0, Math.min(before.size(), count - 1)), canary, share);
    }

    /** Each that is held, what decides first. */
    List<CountedPolicy> all() {
        List<CountedPolicy> all = new ArrayList<>();
        all.add(active);
        all.addAll(before);
        if (canary != null && !all.contains(canary)) {
            all.add(canary);
        }
        return all;
    }

    /** What decides now. */
    Assignment.Versions assigned() {
        return new Assignment.Versions(active.digest(), canary == null ? null : canary.digest(), share.percent());
    }
}
