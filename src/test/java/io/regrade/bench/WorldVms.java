package io.regrade.bench;

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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Machines of every kind that the standard policy tells apart, each an instance of a class of the catalogue. */
final class WorldVms {

    private static final List<String> SYSTEMS = List.of(
            "rhel-7.9",
            "rhel-8.10",
            "rhel-9.4",
            "centos-7",
            "ubuntu-18.04",
            "ubuntu-22.04",
            "ubuntu-24.04",
            "debian-11",
            "debian-12",
            "rocky-9.3",
            "amzn-2",
            "linux");
    private static final List<String> STATED = List.of(
            "vcpu>=4",
            "memory_gib>=16",
            "storage_gib>=200",
            "network_gbps>=2.5",
            "arch=x86_64",
            "arch=x86_64|arm64",
            "os=rhel-9.4",
            "library=openssl-3.0",
            "library=glibc",
            "feature=selinux",
            "vcpu<=16",
            "burstable=false",
            "isa=x86-64-v3");
    private static final List<String> LIBRARIES = List.of("openssl", "glibc", "postgresql", "nginx");
    private static final List<String> ENVIRONMENTS = List.of("prod", "prod", "prod", "test", "dev", "");
    private static final List<String> DATA = List.of("pci", "personal", "confidential", "secret", "public");

    private final SplittableRandom random;
    private final List<Target> classes;

    private WorldVms(List<Target> targets, long seed) {
        this.random = new SplittableRandom(seed);
        this.classes =
                targets.stream().filter(t -> t.kind() == Target.Kind.CLASS).toList();
    }

    static List<VmFacts> of(List<Target> targets, int count, long seed) {
        WorldVms vms = new WorldVms(targets, seed);
        List<VmFacts> facts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            facts.add(vms.facts("vm-" + i));
        }
        return facts;
    }

    private VmFacts facts(String id) {
        Target type = classes.get(random.nextInt(classes.size()));
        Vm vm = vm(id, type);
        List<Usage> usage = new ArrayList<>();
        WorldUsage maker = new WorldUsage(random);
        for (Resource resource : Resource.values()) {
            double has = type.capacity().of(resource);
            boolean measured = !chance(resource == Resource.CPU ? 0.01 : resource.ordinal() < 2 ? 0.03 : 0.35);
            if (resource != Resource.GPU && measured && has > 0) {
                usage.add(maker.of(resource, has));
            }
        }
        List<SoftwareModule> modules = new ArrayList<>();
        while (chance(0.25)) {
            modules.add(module());
        }
        List<Redundancy> redundancy = vm.group() == null ? List.of() : redundancy(vm.group(), usage);
        return new VmFacts(vm, usage, modules, chance(0.4) ? sla(vm) : null, redundancy);
    }

    private Vm vm(String id, Target type) {
        Capacity capacity = type.capacity();
        if (chance(0.2)) {
            capacity = Capacity.UNKNOWN.with(Resource.CPU, capacity.vcpu()).with(Resource.MEMORY, capacity.memoryGib());
        }
        boolean linux = type.os() != null && type.os().isLinux();
        String os = chance(0.05) ? null : linux ? pick(SYSTEMS) : chance(0.5) ? "windows-2012" : "windows-2022";
        Set<String> features = new HashSet<>(type.features());
        if (chance(0.03)) {
            features.add(chance(0.5) ? "nested-virt" : "secure-boot");
        }
        Map<String, String> tags = new HashMap<>();
        String environment = pick(ENVIRONMENTS);
        if (!environment.isEmpty()) {
            tags.put("env", environment);
        }
        if (chance(0.06)) {
            tags.put("data", pick(DATA));
        }
        return new Vm(
                id,
                id,
                chance(0.02) ? null : type.cloud(),
                chance(0.02) ? null : type.region(),
                chance(0.1) ? null : type.type(),
                chance(0.05) ? null : type.arch(),
                capacity,
                os == null ? null : OperatingSystem.parse(os),
                features,
                chance(0.03) ? Double.NaN : type.priceUsdHour() * between(0.9, 1.2),
                chance(0.2) ? "group-" + random.nextInt(20) : null,
                "team-" + random.nextInt(10),
                tags);
    }

    private SoftwareModule module() {
        String name = pick(LIBRARIES);
        String version = chance(0.2) ? null : random.nextInt(1, 5) + "." + random.nextInt(0, 9);
        List<Requirement> stated = new ArrayList<>();
        do {
            stated.add(Requirement.parse(pick(STATED), "module " + name + (version == null ? "" : " " + version)));
        } while (chance(0.4));
        return new SoftwareModule(name, version, stated);
    }

    private Sla sla(Vm vm) {
        Set<String> clouds = chance(0.15) ? Set.of("aurora", "borealis") : chance(0.05) ? Set.of("cirrus") : Set.of();
        @Nullable String home = vm.region();
        Set<String> regions = home != null && chance(0.15) ? new HashSet<>(List.of(home, "north-1")) : Set.of();
        Set<String> families = chance(0.05) ? Set.of("g5", "c5", "m5", "g4", "c4", "m4") : Set.of();
        double now = vm.priceUsdHour() * 730;
        return new Sla(
                chance(0.5) ? between(0, 30) : Double.NaN,
                chance(0.5) ? (chance(0.5) ? 0.9995 : 0.99) : Double.NaN,
                chance(0.3) ? now * between(0.5, 1.5) : Double.NaN,
                clouds,
                regions,
                families,
                null);
    }

    private List<Redundancy> redundancy(String group, List<Usage> usage) {
        int members = 1 + random.nextInt(5);
        List<Redundancy> redundancy = new ArrayList<>();
        for (Usage one : usage) {
            redundancy.add(new Redundancy(
                    group,
                    members,
                    one.resource(),
                    chance(0.1) ? Double.NaN : one.p99() * members * between(0.7, 1.3)));
        }
        return redundancy;
    }

    private boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    private double between(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    private String pick(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
