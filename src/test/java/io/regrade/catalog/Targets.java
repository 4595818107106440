package io.regrade.catalog;

import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Targets for tests: single ones, and catalogues shaped like those of public clouds. */
final class Targets {

    private Targets() {}

    /** A class with nothing but processors, memory and a price. */
    static Target of(String id, double vcpu, double memoryGib, double priceUsdHour) {
        return of(id, capacity(vcpu, memoryGib), priceUsdHour, null);
    }

    static Target of(String id, Capacity capacity, double priceUsdHour, @Nullable Integer available) {
        return new Target(
                id,
                Target.Kind.CLASS,
                "aws",
                "eu-1",
                "m5.large",
                "x86_64",
                capacity,
                OperatingSystem.parse("linux"),
                false,
                Set.of(),
                priceUsdHour,
                available,
                Map.of());
    }

    static Capacity capacity(double vcpu, double memoryGib) {
        double none = Double.NaN;
        return new Capacity(vcpu, memoryGib, none, none, none, none, none);
    }

    /**
     * Classes of several families, sizes, generations and regions: memory of 2, 4, 8 or 16 GiB a vCPU, throughput and
     * network that grow with size and are capped, prices near linear with a few percent of noise, a few burstable ones,
     * a few with accelerators.
     */
    static List<Target> cloud(int count, long seed) {
        Random random = new Random(seed);
        double[] ratios = {2, 4, 8, 16};
        int[] sizes = {1, 2, 4, 8, 16, 32, 48, 64, 96, 128};
        List<Target> targets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int family = random.nextInt(40);
            int vcpu = sizes[random.nextInt(sizes.length)];
            double ratio = ratios[family % ratios.length];
            boolean arm = family % 5 == 0;
            boolean gpu = family == 17;
            double diskMbps = Math.min(5_000, 300 + vcpu * (40 + family % 3 * 10));
            double networkGbps = Math.min(family % 7 == 0 ? 100 : 25, 0.75 + vcpu * 0.4);
            double price = (vcpu * 0.025 + vcpu * ratio * 0.004 + (gpu ? vcpu * 0.1 : 0))
                    * (arm ? 0.8 : 1)
                    * (0.9 + 0.3 * random.nextDouble());
            targets.add(new Target(
                    "t" + i,
                    Target.Kind.CLASS,
                    random.nextBoolean() ? "aws" : "azure",
                    "region-" + random.nextInt(15),
                    "f" + family + "." + vcpu,
                    arm ? "arm64" : "x86_64",
                    new Capacity(
                            vcpu,
                            vcpu * ratio,
                            family % 6 == 0 ? vcpu * 75 : 0,
                            diskMbps,
                            Math.min(160_000, diskMbps * 20),
                            networkGbps,
                            gpu ? Math.max(1, vcpu / 8) : 0),
                    OperatingSystem.parse("linux"),
                    family % 11 == 3,
                    family % 2 == 0 ? Set.of("secure-boot", "tpm") : Set.of("tpm"),
                    Math.round(price * 10_000) / 10_000.0,
                    null,
                    Map.of()));
        }
        return targets;
    }

    /**
     * The hardest case: amounts of six resources that always sum to about 300, so that none surpasses another, in no
     * relation to the price.
     */
    static List<Target> unbalanced(int count, long seed) {
        Random random = new Random(seed);
        List<Target> targets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            double[] parts = new double[6];
            double sum = 0;
            for (int p = 0; p < parts.length; p++) {
                parts[p] = -Math.log(1 - random.nextDouble());
                sum += parts[p];
            }
            double scale = 299 / sum;
            Capacity capacity = new Capacity(
                    parts[0] * scale,
                    parts[1] * scale,
                    parts[2] * scale,
                    parts[3] * scale,
                    parts[4] * scale,
                    parts[5] * scale,
                    0);
            targets.add(of("t" + i, capacity, random.nextInt(1_000), null));
        }
        return targets;
    }
}
