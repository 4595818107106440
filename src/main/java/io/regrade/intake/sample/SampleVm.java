package io.regrade.intake.sample;

import io.regrade.fact.OperatingSystem;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import io.regrade.intake.sample.SampleCatalogue.Cloud;
import io.regrade.intake.sample.SampleCatalogue.Shape;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One machine of the sample fleet.
 *
 * @param archetype its kind
 * @param round how many of its kind were made before it
 * @param vm the machine
 */
record SampleVm(Archetype archetype, int round, Vm vm) {

    private static final List<String> OWNERS = List.of("shop", "search", "billing", "data", "platform");

    /** Machine number {@code index} of a fleet. */
    @SuppressWarnings("EnumOrdinal") // kinds and clouds take turns in the order of their constants
    static SampleVm of(int index, long seed) {
        Archetype[] kinds = Archetype.values();
        Archetype archetype = kinds[index % kinds.length];
        int round = index / kinds.length;
        // The members of a group are together; everything else is spread.
        int place = archetype.isWeb() ? round : index;
        Cloud cloud = Cloud.values()[place % Cloud.values().length];
        String region = SampleCatalogue.REGIONS.get(place / 3 % 2);
        int generation = SampleCatalogue.NEWEST - (index % 5 < 2 ? 1 : 0);
        Shape shape = new Shape(archetype.family(round), archetype.size());
        Target type = SampleCatalogue.target(cloud, region, shape, generation, seed);
        String name = archetype.key() + "-" + (round + 1);
        Vm vm = new Vm(
                name,
                name,
                type.cloud(),
                type.region(),
                type.type(),
                type.arch(),
                type.capacity(),
                OperatingSystem.parse(archetype.os(round)),
                type.features(),
                type.priceUsdHour(),
                archetype.isWeb() ? "web-" + (round + 1) : null,
                OWNERS.get(index % OWNERS.size()),
                Map.of("env", archetype.environment()));
        return new SampleVm(archetype, round, vm);
    }

    /** Whether it was started so lately that nothing can be said of it. */
    boolean isNew() {
        return archetype == Archetype.IDLE && round % 3 == 2;
    }

    /** Whether nobody measures its disks. */
    boolean hasUnmeasuredDisks() {
        return archetype == Archetype.QUIET_NETWORK && round % 3 == 0;
    }

    /** Its software as {@code name,version,requires}, null when nothing is known of it. */
    @Nullable
    List<String> module() {
        return switch (archetype) {
            case WEB_A, WEB_B, WEB_C -> List.of("nginx", "1.26.1", "");
            case OFFICE -> List.of("openssl", "3.0.13", "");
            case LEAK -> List.of("order-service", "7.2", "memory_gib>=4");
            case STEADY -> List.of("postgresql", "16.4", "memory_gib>=8;arch=x86_64");
            case OLD_RHEL -> List.of("warehouse-agent", "5.0", "os>=rhel-8");
            case UNHARDENED -> List.of("secret-store", "1.17", "feature=selinux");
            case GPU -> List.of("inference-runtime", "12.4", "gpu>=1;arch=x86_64");
            case FOUR_PROCESSORS ->
                round % 3 == 1
                        ? List.of("build-sandbox", "2.3", "vcpu>=4;feature=nested-virt")
                        : List.of("search-index", "9.1", "vcpu>=4;memory_gib>=8");
            default -> null;
        };
    }

    /** Its agreement as the columns of {@code slas.csv} after the machine, null when there is none. */
    @Nullable
    List<String> sla() {
        return switch (archetype) {
            case WEB_A, WEB_B, WEB_C -> List.of("2", "0.9995", "", "", "", "", "sun 02:00-05:00");
            case OFFICE -> List.of("5", "0.99", "", "aurora;borealis", "", "", "sat 02:00-06:00");
            case STEADY -> List.of("1", "0.995", "400", "", "", "", "");
            case CPU_STARVED, MEMORY_STARVED -> List.of("4", "0.99", "350", "", "", "", "");
            case GPU -> List.of("10", "", "", "", "", "x4;x5", "");
            default -> null;
        };
    }
}
