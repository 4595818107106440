package io.regrade.fact;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as it is given today.
 *
 * @param id unique in its fleet
 * @param name what people call it
 * @param cloud the cloud it runs in, null when unknown
 * @param region the cloud's region, null when unknown
 * @param type instance type, null when it has none
 * @param arch processor architecture such as {@code x86_64}, null when unknown
 * @param capacity what it has of each resource
 * @param os operating system, null when unknown
 * @param features capabilities it has, such as {@code selinux} or {@code gpu:t4}
 * @param priceUsdHour what it costs, US dollars an hour, NaN when unknown
 * @param group the group it is a member of, null for none
 * @param owner who answers for it, null when unknown
 * @param tags any other words about it, by name
 */
public record Vm(
        String id,
        String name,
        @Nullable String cloud,
        @Nullable String region,
        @Nullable String type,
        @Nullable String arch,
        Capacity capacity,
        @Nullable OperatingSystem os,
        Set<String> features,
        @MayBeUnknown double priceUsdHour,
        @Nullable String group,
        @Nullable String owner,
        Map<String, String> tags)
        implements Machine {

    /** Copies the collections, in a fixed order, so that the record never changes. */
    public Vm {
        priceUsdHour = Numbers.plain(priceUsdHour);
        features = Ordered.copy(features);
        tags = Ordered.copy(tags);
    }

    /** The environment it serves, from its tag {@code env}: {@code prod}, {@code test} …; {@code default} without. */
    public String environment() {
        return tags.getOrDefault("env", "default");
    }

    /** Release line of its operating system, such as {@code rhel-7}; null when that is unknown. */
    public @Nullable String osSeries() {
        return os == null ? null : os.series();
    }

    /** The value of a tag, or the empty text when it has no such tag. */
    public String tag(String tagName) {
        return tags.getOrDefault(tagName, "");
    }

    /** This machine at another price, US dollars an hour. */
    public Vm withPrice(double usdHour) {
        return new Vm(id, name, cloud, region, type, arch, capacity, os, features, usdHour, group, owner, tags);
    }

    /** This machine with what is unknown of its capacity taken from another one. */
    public Vm withCapacityFrom(Capacity other) {
        return new Vm(
                id,
                name,
                cloud,
                region,
                type,
                arch,
                capacity.orElse(other),
                os,
                features,
                priceUsdHour,
                group,
                owner,
                tags);
    }
}
