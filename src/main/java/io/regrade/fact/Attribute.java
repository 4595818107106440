package io.regrade.fact;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A property of a machine that a {@link Requirement} can be stated about; its key is what files and requests write. */
public enum Attribute {
    VCPU(Resource.CPU),
    MEMORY_GIB(Resource.MEMORY),
    STORAGE_GIB(Resource.STORAGE),
    DISK_MBPS(Resource.DISK_THROUGHPUT),
    DISK_IOPS(Resource.DISK_IOPS),
    NETWORK_GBPS(Resource.NETWORK),
    GPU(Resource.GPU),
    /** Processor architecture, such as {@code x86_64}. */
    ARCH(null),
    /** Operating system, {@code family-version}. */
    OS(null),
    /** A capability by name, such as {@code selinux} or {@code secure-boot}. */
    FEATURE(null),
    /** Instruction-set level, such as {@code x86-64-v3}; offered as a feature of that name. */
    ISA(null),
    /** A library that must be installed, {@code name} or {@code name-version}. */
    LIBRARY(null),
    /** Whether the processor share is burstable, {@code true} or {@code false}. */
    BURSTABLE(null),
    CLOUD(null),
    REGION(null),
    /** Instance family: the machine type's name up to its first dot, such as {@code m5}. */
    FAMILY(null);

    private final @Nullable Resource resource;
    private final String key;

    Attribute(@Nullable Resource resource) {
        this.resource = resource;
        this.key = name().toLowerCase(Locale.ROOT);
    }

    /** The resource whose amount this is, or null for a property that is not a quantity. */
    public @Nullable Resource resource() {
        return resource;
    }

    /** The name used in files and requests, such as {@code memory_gib} or {@code os}. */
    public String key() {
        return key;
    }

    /** The attribute that carries the amount of a resource. */
    public static Attribute of(Resource resource) {
        return switch (resource) {
            case CPU -> VCPU;
            case MEMORY -> MEMORY_GIB;
            case STORAGE -> STORAGE_GIB;
            case DISK_THROUGHPUT -> DISK_MBPS;
            case DISK_IOPS -> DISK_IOPS;
            case NETWORK -> NETWORK_GBPS;
            case GPU -> GPU;
        };
    }

    /** The attribute with this key, or empty when there is none. */
    public static Optional<Attribute> byKey(String key) {
        for (Attribute attribute : values()) {
            if (attribute.key.equals(key)) {
                return Optional.of(attribute);
            }
        }
        return Optional.empty();
    }
}
