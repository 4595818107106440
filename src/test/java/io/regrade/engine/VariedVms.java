package io.regrade.engine;

import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Redundancy;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import io.regrade.intake.telemetry.UsageSummary;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Machines and targets of many kinds from a seed: sizes, loads, systems, agreements, software, and what is unknown. */
final class VariedVms {

    private static final List<String> SYSTEMS = List.of(
            "rhel-7.9",
            "rhel-9.4",
            "ubuntu-20.04",
            "ubuntu-24.04",
            "windows-2012",
            "windows-2022",
            "debian-11",
            "linux");
    private static final List<String> DATA = List.of("public", "pci", "confidential", "secret", "personal");
    private static final List<String> MODULES = List.of(
            "vcpu>=4",
            "vcpu<=8",
            "memory_gib>=24",
            "os>=rhel-9",
            "feature=secure-boot",
            "library=libpq-15",
            "arch=x86_64");
    private static final double[] SIZES = {1, 2, 4, 8, 16, 32};

    private final Random random;

    VariedVms(long seed) {
        random = new Random(seed);
    }

    List<VmFacts> machines(int count) {
        List<VmFacts> all = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            all.add(machine(i));
        }
        return all;
    }

    private VmFacts machine(int i) {
        // No two machines have the same processors, so that each demand and projection belongs to one for certain.
        double vcpu = pick(SIZES) + (i + 1) * 1e-7;
        double memory = pick(SIZES) * 4;
        boolean disks = chance(0.3);
        Capacity capacity = new Capacity(
                vcpu,
                memory,
                disks ? 200 : Double.NaN,
                disks ? 250 : Double.NaN,
                disks ? 3000 : Double.NaN,
                chance(0.9) ? Math.min(vcpu / 2, 10) : Double.NaN,
                chance(0.05) ? 1 : 0);
        Map<String, String> tags = new LinkedHashMap<>();
        if (chance(0.6)) {
            tags.put("env", pick(List.of("prod", "test", "staging")));
        }
        if (chance(0.3)) {
            tags.put("data", pick(DATA));
        }
        String group = chance(0.2) ? "group-" + i : null;
        Vm vm = new Vm(
                "vm-" + i,
                "machine " + i,
                chance(0.9) ? pick(List.of("aws", "gcp")) : null,
                chance(0.9) ? "us-east-1" : null,
                chance(0.5) ? pick(List.of("a", "b", "c")) + ".kind" : null,
                chance(0.9) ? pick(List.of("x86_64", "x86_64", "arm64")) : null,
                capacity,
                chance(0.9) ? OperatingSystem.parse(pick(SYSTEMS)) : null,
                chance(0.2) ? Set.of("selinux", "tpm") : Set.of(),
                chance(0.9) ? vcpu * 0.02 + memory * 0.003 : Double.NaN,
                group,
                null,
                tags);
        return new VmFacts(vm, usage(capacity), modules(), sla(), groups(group, vcpu));
    }

    private List<Usage> usage(Capacity capacity) {
        List<Usage> all = new ArrayList<>();
        double days = chance(0.1) ? 0.5 : chance(0.2) ? 3 : 28;
        double coverage = chance(0.05) ? 0.3 : 1;
        for (Resource resource : Resource.values()) {
            double has = capacity.of(resource);
            if (resource == Resource.GPU || Double.isNaN(has) || chance(0.05)) {
                continue;
            }
            double peak = has * (chance(0.15) ? 1 : chance(0.2) ? 0.01 : random.nextDouble());
            double share = random.nextDouble();
            all.add(new UsageSummary(
                            resource,
                            days,
                            (long) (days * 288),
                            coverage,
                            peak * share * 0.8,
                            peak * share * 0.8,
                            Double.NaN,
                            peak * (share + (1 - share) * 0.6),
                            peak * (share + (1 - share) * 0.9),
                            Double.NaN,
                            peak,
                            chance(0.2) ? peak * 0.01 : Double.NaN)
                    .usage(Policies.TIME.at()));
        }
        return all;
    }

    private List<SoftwareModule> modules() {
        List<SoftwareModule> all = new ArrayList<>();
        while (chance(0.3)) {
            String stated = pick(MODULES);
            String name = "app" + all.size();
            all.add(new SoftwareModule(name, "1", List.of(Requirement.parse(stated, "module " + name))));
        }
        return all;
    }

    private @Nullable Sla sla() {
        if (chance(0.6)) {
            return null;
        }
        return new Sla(
                chance(0.5) ? random.nextDouble() * 50 : Double.NaN,
                chance(0.5) ? 0.9995 : Double.NaN,
                chance(0.3) ? 40 + random.nextDouble() * 400 : Double.NaN,
                chance(0.3) ? Set.of("aws", "gcp") : Set.of(),
                chance(0.1) ? Set.of("us-east-1", "europe") : Set.of(),
                chance(0.1) ? Set.of("a", "b") : Set.of(),
                null);
    }

    private List<Redundancy> groups(@Nullable String group, double vcpu) {
        if (group == null) {
            return List.of();
        }
        int members = 1 + random.nextInt(4);
        return List.of(
                new Redundancy(group, members, Resource.CPU, chance(0.8) ? vcpu * members * 0.5 : Double.NaN),
                new Redundancy(group, members, Resource.NETWORK, 0.2));
    }

    /** Classes of two clouds and three families, some with features, of two architectures. */
    List<Target> targets() {
        List<Target> all = new ArrayList<>();
        for (String cloud : List.of("aws", "gcp")) {
            for (String family : List.of("a", "b", "c")) {
                for (double size : SIZES) {
                    for (double gib : new double[] {2, 4}) {
                        all.add(target(cloud, family, size, gib));
                    }
                }
            }
        }
        return all;
    }

    private Target target(String cloud, String family, double size, double gib) {
        double price = size * 0.018 + size * gib * 0.003 + (family.equals("c") ? 0.01 : 0);
        return new Target(
                cloud + "/" + family + "/" + size + "/" + gib,
                Target.Kind.CLASS,
                cloud,
                "us-east-1",
                family + "." + (int) size + "x" + (int) gib,
                family.equals("b") ? "arm64" : "x86_64",
                new Capacity(size, size * gib, 500, 500, 6000, Math.max(size / 2, 1), 0),
                OperatingSystem.parse("linux"),
                family.equals("a") && size <= 2,
                family.equals("c") ? Set.of("selinux", "tpm", "secure-boot", "confidential") : Set.of(),
                price,
                null,
                Map.of());
    }

    private boolean chance(double share) {
        return random.nextDouble() < share;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    private double pick(double[] list) {
        return list[random.nextInt(list.length)];
    }
}
