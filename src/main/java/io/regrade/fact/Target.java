package io.regrade.fact;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something a virtual machine can be moved to: an instance class, or one machine that exists and is free.
 *
 * @param id unique in its catalogue
 * @param kind class or existing machine
 * @param cloud the cloud that offers it, null when unknown
 * @param region the cloud's region, null when unknown
 * @param type instance type, null when it has none
 * @param arch processor architecture, null when unknown
 * @param capacity what it offers of each resource
 * @param os operating system it comes with; {@code linux} takes any Linux; null when unknown
 * @param burstable whether its processor share is only lent for a while, null when unknown
 * @param features capabilities it offers
 * @param priceUsdHour US dollars an hour, NaN when unknown
 * @param available how many can still be had, null when unlimited
 * @param tags any other words about it, by name
 */
public record Target(
        String id,
        Kind kind,
        @Nullable String cloud,
        @Nullable String region,
        @Nullable String type,
        @Nullable String arch,
        Capacity capacity,
        @Nullable OperatingSystem os,
        @Nullable Boolean burstable,
        Set<String> features,
        @MayBeUnknown double priceUsdHour,
        @Nullable Integer available,
        Map<String, String> tags)
        implements Machine {

    /** What a target is. */
    public enum Kind {
        /** A class of machines, as many as {@link Target#available()} says. */
        CLASS,
        /** One machine that exists: a single slot. */
        MACHINE
    }

    /** Copies the collections, in a fixed order, so that the record never changes. */
    public Target {
        priceUsdHour = Numbers.plain(priceUsdHour);
        features = Ordered.copy(features);
        tags = Ordered.copy(tags);
    }

    /** This target at another price, US dollars an hour, and so many of it; null when unlimited. */
    public Target offered(double usdHour, @Nullable Integer number) {
        return new Target(
                id, kind, cloud, region, type, arch, capacity, os, burstable, features, usdHour, number, tags);
    }

    /** Whether at least one can be had. */
    public boolean isAvailable() {
        return available == null || available > 0;
    }
}
