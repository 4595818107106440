package io.regrade.fact;

/**
 * What a machine has of each resource; {@link Double#NaN} where that is not known.
 *
 * @param vcpu virtual processors, vCPU
 * @param memoryGib memory, GiB
 * @param storageGib own disks, GiB
 * @param diskMbps disk throughput, MiB/s
 * @param diskIops disk operations a second
 * @param networkGbps network bandwidth of one direction, Gbit/s
 * @param gpu accelerators, a count
 */
public record Capacity(
        @MayBeUnknown double vcpu,
        @MayBeUnknown double memoryGib,
        @MayBeUnknown double storageGib,
        @MayBeUnknown double diskMbps,
        @MayBeUnknown double diskIops,
        @MayBeUnknown double networkGbps,
        @MayBeUnknown double gpu) {

    /** Nothing is known. */
    public static final Capacity UNKNOWN =
            new Capacity(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /**
     * Checks the amounts.
     *
     * @throws IllegalArgumentException when an amount is negative or infinite
     */
    public Capacity {
        vcpu = Numbers.plain(vcpu);
        memoryGib = Numbers.plain(memoryGib);
        storageGib = Numbers.plain(storageGib);
        diskMbps = Numbers.plain(diskMbps);
        diskIops = Numbers.plain(diskIops);
        networkGbps = Numbers.plain(networkGbps);
        gpu = Numbers.plain(gpu);
        for (double amount : new double[] {vcpu, memoryGib, storageGib, diskMbps, diskIops, networkGbps, gpu}) {
            if (amount < 0 || Double.isInfinite(amount)) {
                throw new IllegalArgumentException("a capacity must be zero or more and finite, not `" + amount + "`");
            }
        }
    }

    /** The amount of one resource in its own unit, NaN when unknown. */
    @MayBeUnknown
    public double of(Resource resource) {
        return switch (resource) {
            case CPU -> vcpu;
            case MEMORY -> memoryGib;
            case STORAGE -> storageGib;
            case DISK_THROUGHPUT -> diskMbps;
            case DISK_IOPS -> diskIops;
            case NETWORK -> networkGbps;
            case GPU -> gpu;
        };
    }

    /** Whether the amount of this resource is known. */
    public boolean knows(Resource resource) {
        return !Double.isNaN(of(resource));
    }

    /** This capacity with one amount replaced. */
    public Capacity with(Resource resource, double amount) {
        return new Capacity(
                resource == Resource.CPU ? amount : vcpu,
                resource == Resource.MEMORY ? amount : memoryGib,
                resource == Resource.STORAGE ? amount : storageGib,
                resource == Resource.DISK_THROUGHPUT ? amount : diskMbps,
                resource == Resource.DISK_IOPS ? amount : diskIops,
                resource == Resource.NETWORK ? amount : networkGbps,
                resource == Resource.GPU ? amount : gpu);
    }

    /** This capacity, with what it does not know taken from another one. */
    public Capacity orElse(Capacity other) {
        return new Capacity(
                known(vcpu, other.vcpu),
                known(memoryGib, other.memoryGib),
                known(storageGib, other.storageGib),
                known(diskMbps, other.diskMbps),
                known(diskIops, other.diskIops),
                known(networkGbps, other.networkGbps),
                known(gpu, other.gpu));
    }

    private static double known(double mine, double theirs) {
        return Double.isNaN(mine) ? theirs : mine;
    }
}
