package io.regrade.intake.telemetry;

import java.util.Locale;
import java.util.Optional;

/** A quantity of one usage sample; its key is the column of {@code usage.csv} and the field of a request. */
public enum Measure {
    /** Processors used, in vCPU; may exceed what the machine was given. */
    CPU_VCPU(true),
    /** Memory used, in GiB. */
    MEMORY_GIB(true),
    /** Read from disks, in MiB/s. */
    DISK_READ_MBPS(true),
    /** Written to disks, in MiB/s. */
    DISK_WRITE_MBPS(true),
    /** Received, in Mbit/s. */
    NET_RX_MBPS(true),
    /** Sent, in Mbit/s. */
    NET_TX_MBPS(true),
    /** Disk operations a second, reads and writes together. */
    DISK_IOPS(false),
    /** Storage space in use, in GiB. */
    STORAGE_GIB(false);

    private static final Measure[] ALL = values();

    private final boolean column;
    private final String key;

    Measure(boolean column) {
        this.column = column;
        this.key = name().toLowerCase(Locale.ROOT);
    }

    /** The name used in files and requests, such as {@code cpu_vcpu}. */
    public String key() {
        return key;
    }

    /** Whether a usage file must have this column; its cells may still be empty. */
    public boolean isColumnRequired() {
        return column;
    }

    /** How many measures there are. */
    public static int count() {
        return ALL.length;
    }

    /** The measure with this key, or empty when there is none. */
    public static Optional<Measure> byKey(String key) {
        for (Measure measure : ALL) {
            if (measure.key.equals(key)) {
                return Optional.of(measure);
            }
        }
        return Optional.empty();
    }
}
