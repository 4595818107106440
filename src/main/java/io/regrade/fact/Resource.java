package io.regrade.fact;

/** A quantity that a machine has and a workload uses. */
public enum Resource {
    /** Virtual processors, in vCPU. */
    CPU("vcpu", "vCPU", "CPU"),
    /** Main memory, in GiB (2^30 bytes). */
    MEMORY("memory_gib", "GiB", "memory"),
    /** Storage space of the machine's own disks, in GiB. */
    STORAGE("storage_gib", "GiB", "storage"),
    /** Disk throughput, reads and writes together, in MiB/s. */
    DISK_THROUGHPUT("disk_mbps", "MiB/s", "disk throughput"),
    /** Disk operations, reads and writes together, in operations a second. */
    DISK_IOPS("disk_iops", "IOPS", "disk operations"),
    /** Network bandwidth of the busier direction, in Gbit/s. */
    NETWORK("network_gbps", "Gbit/s", "network"),
    /** Graphics or other accelerators, a count. */
    GPU("gpu", "GPU", "accelerators");

    private final String key;
    private final String unit;
    private final String label;

    Resource(String key, String unit, String label) {
        this.key = key;
        this.unit = unit;
        this.label = label;
    }

    /** The name of the column or JSON field that carries this quantity, such as {@code memory_gib}. */
    public String key() {
        return key;
    }

    /** The unit of every amount of this resource, such as {@code GiB}. */
    public String unit() {
        return unit;
    }

    /** The name used in sentences, such as {@code memory}. */
    public String label() {
        return label;
    }
}
