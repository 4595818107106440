package io.regrade.pipeline;

import io.regrade.decision.PolicyRef;
import io.regrade.fact.Vm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which version decides which machine at one moment, in names and digests alone: it can be written down and gone on with
 * after a restart. Immutable.
 *
 * @param choice which policy decides a machine; null when all are decided by the only one of {@code versions}
 * @param versions what decides for each policy, by its name
 */
record Assignment(@Nullable PolicyChoice choice, SortedMap<String, Versions> versions) {

    /**
     * What decides for one policy.
     *
     * @param active a digest
     * @param canary the digest that decides a share of the machines instead, null for none
     * @param share how many, percent; 0 when there is no canary
     */
    record Versions(String active, @Nullable String canary, double share) {}

    Assignment {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
    }

    /** One version for all. */
    static Assignment pinned(PolicyRef version) {
        return of(version.name(), new Versions(version.digest(), null, 0));
    }

    /** One policy for all, its canary included. */
    static Assignment of(String name, Versions versions) {
        SortedMap<String, Versions> one = new TreeMap<>();
        one.put(name, versions);
        return new Assignment(null, one);
    }

    /** The version that decides a machine. */
    PolicyRef of(Vm vm) {
        String name = choice == null ? versions.firstKey() : choice.of(vm, versions.keySet());
        Versions mine = Objects.requireNonNull(versions.get(name), name);
        String canary = mine.canary;
        if (canary != null && new VmShare(mine.share).has(canary, vm.id())) {
            return new PolicyRef(name, canary);
        }
        return new PolicyRef(name, mine.active);
    }

    /** The version that stands for all where one has to: the active one of the default. */
    PolicyRef main() {
        String name = choice == null ? versions.firstKey() : choice.byDefault();
        return new PolicyRef(name, Objects.requireNonNull(versions.get(name), name).active);
    }

    /** Every version that may decide a machine. */
    List<PolicyRef> refs() {
        List<PolicyRef> refs = new ArrayList<>();
        versions.forEach((name, one) -> {
            refs.add(new PolicyRef(name, one.active));
            if (one.canary != null) {
                refs.add(new PolicyRef(name, one.canary));
            }
        });
        return refs;
    }
}
