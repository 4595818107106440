package io.regrade.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The versions of one policy that are loaded. Immutable.
 *
 * @param active what decides
 * @param before what decided before it, newest first; rolling back goes there
 */
record PolicyVersions(CountedPolicy active, List<CountedPolicy> before) {

    PolicyVersions {
        before = List.copyOf(before);
    }

    String name() {
        return active.policy().bundle().name();
    }

    /** With another one that decides, and the current one before it; a version is in it once. */
    PolicyVersions activated(CountedPolicy next) {
        List<CountedPolicy> rest = new ArrayList<>();
        rest.add(active);
        before.stream().filter(one -> one != next).forEach(rest::add);
        return new PolicyVersions(next, rest);
    }

    /** With at most so many loaded, the current one counted. */
    PolicyVersions atMost(int count) {
        return new PolicyVersions(active, before.subList(0, Math.min(before.size(), count - 1)));
    }

    /** All that are loaded, what decides first. */
    List<CountedPolicy> all() {
        List<CountedPolicy> all = new ArrayList<>();
        all.add(active);
        all.addAll(before);
        return all;
    }

    /** The version of a digest, which may be cut; null when it is not loaded. */
    @Nullable
    CountedPolicy byDigest(String prefix) {
        for (CountedPolicy one : all()) {
            if (one.policy().bundle().digest().startsWith(prefix)) {
                return one;
            }
        }
        return null;
    }
}
