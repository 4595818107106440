package io.regrade.intake.telemetry;

import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns the samples of one machine, in order of time, into a {@link Usage} for each resource that was measured.
 *
 * <p>Disk throughput is reads and writes together, and network the busier direction: both need both cells of a sample,
 * since half of it would be an amount that is too low. Percentiles come from a DDSketch of 1 % relative accuracy
 * (Masson, Rim, Lee: "DDSketch", VLDB 2019); mean, maximum and counts are exact.
 *
 * <p>A window goes from the first sample to one usual interval (the median) after the last. A sample covers the time to
 * the next one, but at most three usual intervals of it, so that a longer gap counts as not covered. The trend is the
 * least-squares slope, unknown for a window of less than two days. Equal samples give equal results, bit for bit. Not
 * safe for use by two threads at a time.
 */
public final class UsageAccumulator {

    private static final double MBIT_A_GBIT = 1000.0;

    private ResourceStatistics cpu = new ResourceStatistics();
    private ResourceStatistics memory = new ResourceStatistics();
    private ResourceStatistics storage = new ResourceStatistics();
    private ResourceStatistics throughput = new ResourceStatistics();
    private ResourceStatistics iops = new ResourceStatistics();
    private ResourceStatistics network = new ResourceStatistics();

    /** Makes one that has seen nothing. */
    public UsageAccumulator() {}

    /** Adds the samples of a block; they are later than all that were added before. */
    public void add(SampleBlock block) {
        addAll(cpu, block, Measure.CPU_VCPU);
        addAll(memory, block, Measure.MEMORY_GIB);
        addAll(storage, block, Measure.STORAGE_GIB);
        addAll(iops, block, Measure.DISK_IOPS);
        double[] read = block.column(Measure.DISK_READ_MBPS);
        double[] written = block.column(Measure.DISK_WRITE_MBPS);
        double[] received = block.column(Measure.NET_RX_MBPS);
        double[] sent = block.column(Measure.NET_TX_MBPS);
        for (int i = 0; i < block.size(); i++) {
            double disk = read[i] + written[i];
            if (!Double.isNaN(disk)) {
                throughput.add(block.time(i), disk);
            }
            double busier = Math.max(received[i], sent[i]); // NaN when either is
            if (!Double.isNaN(busier)) {
                network.add(block.time(i), busier / MBIT_A_GBIT);
            }
        }
    }

    private static void addAll(ResourceStatistics statistics, SampleBlock block, Measure measure) {
        double[] amounts = block.column(measure);
        for (int i = 0; i < block.size(); i++) {
            if (!Double.isNaN(amounts[i])) {
                statistics.add(block.time(i), amounts[i]);
            }
        }
    }

    /** The usage of each resource that was measured, in the order of {@link Resource}; this one then starts afresh. */
    public List<Usage> finish() {
        List<Usage> usage = new ArrayList<>();
        finish(cpu, Resource.CPU, usage);
        finish(memory, Resource.MEMORY, usage);
        finish(storage, Resource.STORAGE, usage);
        finish(throughput, Resource.DISK_THROUGHPUT, usage);
        finish(iops, Resource.DISK_IOPS, usage);
        finish(network, Resource.NETWORK, usage);
        usage.sort(Comparator.comparing(Usage::resource));
        cpu = new ResourceStatistics();
        memory = new ResourceStatistics();
        storage = new ResourceStatistics();
        throughput = new ResourceStatistics();
        iops = new ResourceStatistics();
        network = new ResourceStatistics();
        return List.copyOf(usage);
    }

    private static void finish(ResourceStatistics statistics, Resource resource, List<Usage> usage) {
        if (!statistics.isEmpty()) {
            usage.add(statistics.usage(resource));
        }
    }
}
