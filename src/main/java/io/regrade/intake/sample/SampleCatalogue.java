package io.regrade.intake.sample;

import io.regrade.fact.Capacity;
import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Resource;
import io.regrade.fact.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The classes of three invented clouds. Prices add up from processors, memory and accelerators, and differ by cloud,
 * region, generation and family as they do with real ones.
 */
final class SampleCatalogue {

    static final int NEWEST = 5;

    private static final int MACHINES = 8;

    private static final double USD_VCPU_HOUR = 0.0335;
    private static final double USD_GIB_HOUR = 0.0042;
    private static final double USD_GPU_HOUR = 0.52;
    private static final double USD_WINDOWS_VCPU_HOUR = 0.046;
    private static final Set<String> HARDENED = Set.of("selinux", "secure-boot", "tpm");
    private static final double MAX_NETWORK_GBPS = 50;

    /** Regions that each cloud has; the sample fleet lives in the first two. */
    static final List<String> REGIONS =
            List.of("north-1", "south-1", "east-1", "west-1", "north-2", "south-2", "east-2", "west-2");

    /** Every class of one region and generation, in an order that keeps families mixed when it is cut short. */
    private static final List<Shape> SHAPES = List.of(
            new Shape(Family.GENERAL, Size.LARGE),
            new Shape(Family.GENERAL, Size.XLARGE),
            new Shape(Family.GENERAL, Size.MEDIUM),
            new Shape(Family.GENERAL, Size.X2),
            new Shape(Family.GENERAL, Size.X4),
            new Shape(Family.GENERAL, Size.X8),
            new Shape(Family.COMPUTE, Size.LARGE),
            new Shape(Family.COMPUTE, Size.XLARGE),
            new Shape(Family.COMPUTE, Size.MEDIUM),
            new Shape(Family.COMPUTE, Size.X2),
            new Shape(Family.COMPUTE, Size.X4),
            new Shape(Family.MEMORY, Size.LARGE),
            new Shape(Family.MEMORY, Size.XLARGE),
            new Shape(Family.MEMORY, Size.X2),
            new Shape(Family.MEMORY, Size.X4),
            new Shape(Family.BURSTABLE, Size.MEDIUM),
            new Shape(Family.BURSTABLE, Size.LARGE),
            new Shape(Family.BURSTABLE, Size.XLARGE),
            new Shape(Family.HARDENED, Size.MEDIUM),
            new Shape(Family.HARDENED, Size.LARGE),
            new Shape(Family.HARDENED, Size.XLARGE),
            new Shape(Family.HARDENED, Size.X2),
            new Shape(Family.WINDOWS, Size.LARGE),
            new Shape(Family.WINDOWS, Size.XLARGE),
            new Shape(Family.WINDOWS, Size.X2),
            new Shape(Family.ARM, Size.LARGE),
            new Shape(Family.ARM, Size.XLARGE),
            new Shape(Family.ARM, Size.X2),
            new Shape(Family.GPU, Size.XLARGE),
            new Shape(Family.GPU, Size.X2),
            new Shape(Family.STORAGE, Size.LARGE),
            new Shape(Family.STORAGE, Size.X2));

    /** The invented clouds and what they charge compared with each other. */
    enum Cloud {
        AURORA(1.00),
        BOREALIS(0.95),
        CIRRUS(1.07);

        private final double priceFactor;

        Cloud(double priceFactor) {
            this.priceFactor = priceFactor;
        }

        String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a class is made for. */
    enum Family {
        GENERAL("g", 4, 1.0),
        COMPUTE("c", 2, 1.02),
        MEMORY("m", 8, 1.0),
        BURSTABLE("b", 4, 0.62),
        HARDENED("gh", 4, 1.06),
        WINDOWS("gw", 4, 1.0),
        ARM("ga", 4, 0.80),
        GPU("x", 4, 1.0),
        STORAGE("s", 8, 1.15);

        private final String letters;
        private final double gibPerVcpu;
        private final double priceFactor;

        Family(String letters, double gibPerVcpu, double priceFactor) {
            this.letters = letters;
            this.gibPerVcpu = gibPerVcpu;
            this.priceFactor = priceFactor;
        }
    }

    /** Processors of a class. */
    enum Size {
        MEDIUM("medium", 1),
        LARGE("large", 2),
        XLARGE("xlarge", 4),
        X2("2xlarge", 8),
        X4("4xlarge", 16),
        X8("8xlarge", 32);

        private final String key;
        private final double vcpu;

        Size(String key, double vcpu) {
            this.key = key;
            this.vcpu = vcpu;
        }
    }

    /** A family in one size. */
    record Shape(Family family, Size size) {}

    private SampleCatalogue() {}

    /**
     * So many targets, sorted by id: some machines that exist, then the newest generation in two regions of each cloud,
     * then further regions and generations.
     */
    static List<Target> targets(int count, long seed) {
        List<Target> targets = new ArrayList<>(count);
        for (int i = 0; i < Math.min(MACHINES, count / 20); i++) {
            targets.add(machine(i, seed));
        }
        for (int generation = NEWEST; targets.size() < count; generation = older(generation)) {
            for (int region = 0; region < REGIONS.size(); region += 2) {
                add(targets, count, generation, REGIONS.subList(region, region + 2), seed);
            }
        }
        targets.sort(Comparator.comparing(Target::id));
        return targets;
    }

    /** Older generations first; when there is none left, newer ones: a catalogue can be of any size. */
    private static int older(int generation) {
        return generation <= NEWEST && generation > 1 ? generation - 1 : Math.max(generation, NEWEST) + 1;
    }

    private static void add(List<Target> targets, int count, int generation, List<String> regions, long seed) {
        for (Shape shape : SHAPES) {
            for (Cloud cloud : Cloud.values()) {
                for (String region : regions) {
                    if (targets.size() < count) {
                        targets.add(target(cloud, region, shape, generation, seed));
                    }
                }
            }
        }
    }

    /** One class. */
    static Target target(Cloud cloud, String region, Shape shape, int generation, long seed) {
        Family family = shape.family;
        double vcpu = shape.size.vcpu;
        String type = family.letters + generation + "." + shape.size.key;
        String id = cloud.key() + "/" + region + "/" + type;
        boolean gpu = family == Family.GPU;
        boolean unknownIops = cloud == Cloud.CIRRUS && (family == Family.COMPUTE || family == Family.ARM);
        Capacity capacity = new Capacity(
                vcpu,
                vcpu * family.gibPerVcpu,
                family == Family.STORAGE ? 500 * vcpu : 100 + 50 * vcpu,
                Math.min(4000, 150 + 75 * vcpu),
                unknownIops ? Double.NaN : Math.min(80_000, 3000 + 1250 * vcpu),
                Math.min(MAX_NETWORK_GBPS, 0.6 * vcpu + 0.4),
                gpu ? vcpu / 4 : 0);
        boolean windows = family == Family.WINDOWS;
        return new Target(
                id,
                Target.Kind.CLASS,
                cloud.key(),
                region,
                type,
                family == Family.ARM ? "arm64" : "x86_64",
                capacity,
                OperatingSystem.parse(windows ? "windows-2022" : "linux"),
                family == Family.BURSTABLE,
                family == Family.HARDENED ? HARDENED : gpu ? Set.of("gpu:t4") : Set.of(),
                price(cloud, region, family, capacity, generation, new Dice(seed ^ id.hashCode())),
                gpu ? 4 : null,
                Map.of());
    }

    /** A machine that stands there and is paid for already: cheap, once, and not everything is known of it. */
    private static Target machine(int i, long seed) {
        Cloud cloud = Cloud.values()[i % Cloud.values().length];
        String region = REGIONS.get(i % 2);
        Size size = Size.values()[1 + i % 4];
        Target like = target(cloud, region, new Shape(Family.GENERAL, size), NEWEST - 1, seed);
        Capacity capacity = i % 2 == 0 ? like.capacity() : like.capacity().with(Resource.DISK_IOPS, Double.NaN);
        return new Target(
                cloud.key() + "/" + region + "/rack-" + (i + 1),
                Target.Kind.MACHINE,
                cloud.key(),
                region,
                null,
                "x86_64",
                capacity,
                OperatingSystem.parse("linux"),
                false,
                i == 3 ? HARDENED : Set.of(),
                StrictMath.rint(like.priceUsdHour() * 0.7 * 100_000) / 100_000,
                1,
                Map.of("state", "reserved"));
    }

    private static double price(
            Cloud cloud, String region, Family family, Capacity capacity, int generation, Dice dice) {
        double hour = (capacity.vcpu() * USD_VCPU_HOUR + capacity.memoryGib() * USD_GIB_HOUR) * family.priceFactor
                + capacity.gpu() * USD_GPU_HOUR
                + (family == Family.WINDOWS ? capacity.vcpu() * USD_WINDOWS_VCPU_HOUR : 0);
        double regionFactor = 1 + 0.04 * REGIONS.indexOf(region) / 2;
        double generationFactor = 1 + 0.05 * (NEWEST - generation);
        double factor = cloud.priceFactor * regionFactor * Math.max(0.5, generationFactor) * dice.between(0.985, 1.015);
        return StrictMath.rint(hour * factor * 100_000) / 100_000;
    }
}
