package io.regrade.catalog;

import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What all selections of one catalogue share: the targets in order of price, their ranks, their orders by amount, and
 * which of them are alike but for their amounts.
 *
 * <p>A target's place is its position in the order of price. Thread-safe.
 */
final class Index {

    private static final int RESOURCES = Resource.values().length;

    private final List<Target> targets;
    private final Amounts amounts;
    private final int[] profileOf;
    private final List<Target> profiles = new ArrayList<>();
    private final AtomicReferenceArray<int[]> byAmount = new AtomicReferenceArray<>(RESOURCES);

    /** Everything but amounts that a requirement can be about: one answer serves all targets that share it. */
    private record Profile(
            @Nullable String arch,
            @Nullable OperatingSystem os,
            Set<String> features,
            @Nullable String cloud,
            @Nullable String region,
            @Nullable String family,
            @Nullable Boolean burstable) {}

    Index(List<Target> targets) {
        this.targets = targets;
        this.amounts = new Amounts(targets);
        this.profileOf = new int[targets.size()];
        Map<Profile, Integer> known = new HashMap<>();
        for (int i = 0; i < profileOf.length; i++) {
            Target target = targets.get(i);
            Profile profile = new Profile(
                    target.arch(),
                    target.os(),
                    target.features(),
                    target.cloud(),
                    target.region(),
                    target.family(),
                    target.burstable());
            Integer number = known.putIfAbsent(profile, profiles.size());
            if (number == null) {
                number = profiles.size();
                profiles.add(target);
            }
            profileOf[i] = number;
        }
    }

    int size() {
        return profileOf.length;
    }

    Target target(int place) {
        return targets.get(place);
    }

    Amounts amounts() {
        return amounts;
    }

    /** The places of the targets that do not certainly have a quality. */
    BitSet lacking(Quality quality) {
        Requirement requirement = quality.asRequirement();
        BitSet lacking = new BitSet(size());
        if (quality.attribute().resource() != null) {
            for (int i = 0; i < size(); i++) {
                lacking.set(i, requirement.metBy(targets.get(i)) != Requirement.Met.YES);
            }
            return lacking;
        }
        boolean[] lacks = new boolean[profiles.size()];
        for (int p = 0; p < lacks.length; p++) {
            lacks[p] = requirement.metBy(profiles.get(p)) != Requirement.Met.YES;
        }
        for (int i = 0; i < size(); i++) {
            if (lacks[profileOf[i]]) {
                lacking.set(i);
            }
        }
        return lacking;
    }

    /** The places of the targets of which none is left. */
    BitSet unavailable() {
        BitSet unavailable = new BitSet(size());
        for (int i = 0; i < size(); i++) {
            unavailable.set(i, !targets.get(i).isAvailable());
        }
        return unavailable;
    }

    /** All places by falling amount of a resource, unknown amounts last, equal amounts by place. */
    int[] byAmount(int resource) {
        int[] known = byAmount.get(resource);
        if (known != null) {
            return known;
        }
        long[] keys = new long[size()];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = (long) (Amounts.MOST_AMOUNTS - amounts.rank(i, resource)) << Integer.SIZE | i;
        }
        Arrays.sort(keys);
        int[] places = new int[keys.length];
        for (int i = 0; i < keys.length; i++) {
            places[i] = (int) keys[i];
        }
        byAmount.set(resource, places);
        return places;
    }
}
