package io.regrade.fact;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Facts to test with: a plain machine and variations of it. */
public final class Facts {

    public static final Instant NOW = Instant.parse("2025-06-01T00:00:00Z");

    private Facts() {}

    /** Capacity of a machine that has no accelerator; what is not named is unknown. */
    public static Capacity capacity(double vcpu, double memoryGib, double networkGbps) {
        return new Capacity(vcpu, memoryGib, Double.NaN, Double.NaN, Double.NaN, networkGbps, Double.NaN);
    }

    /** A machine in the cloud {@code aws}, region {@code us-east-1}, of type {@code m5.xlarge}. */
    public static Vm vm(String id, Capacity capacity, @Nullable String os, double priceUsdHour, String... features) {
        return new Vm(
                id,
                id,
                "aws",
                "us-east-1",
                "m5.xlarge",
                "x86_64",
                capacity,
                os == null ? null : OperatingSystem.parse(os),
                Set.of(features),
                priceUsdHour,
                null,
                null,
                Map.of());
    }

    /** A class of machines in the same cloud and region that is not burstable. */
    public static Target target(
            String id, Capacity capacity, @Nullable String os, double priceUsdHour, String... features) {
        return new Target(
                id,
                Target.Kind.CLASS,
                "aws",
                "us-east-1",
                id,
                "x86_64",
                capacity,
                os == null ? null : OperatingSystem.parse(os),
                false,
                Set.of(features),
                priceUsdHour,
                null,
                Map.of());
    }

    /** Nothing is known of this machine but its id. */
    public static Vm unknownVm(String id) {
        return new Vm(
                id, id, null, null, null, null, Capacity.UNKNOWN, null, Set.of(), Double.NaN, null, null, Map.of());
    }

    /** Fourteen days, fully covered, most of the time at the mean and one sample in a hundred at the maximum. */
    public static Usage usage(Resource resource, double mean, double max) {
        return usage(resource, mean, max, 14, 1);
    }

    public static Usage usage(Resource resource, double mean, double max, int days, double coverage) {
        Distribution distribution = max > mean
                ? new Distribution(new double[] {mean, max}, new double[] {990, 10})
                : new Distribution(new double[] {mean}, new double[] {1000});
        return new Usage(
                resource,
                NOW.minusSeconds(days * 86_400L),
                NOW,
                1000,
                coverage,
                mean,
                mean,
                mean,
                mean,
                max,
                max,
                max,
                0,
                distribution);
    }

    /** A machine with its usage, no modules, no agreement and no group. */
    public static VmFacts facts(Vm vm, Usage... usage) {
        return new VmFacts(vm, List.of(usage), List.of(), null, List.of());
    }
}
