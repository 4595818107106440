package io.regrade.intake.telemetry;

import io.regrade.fact.Resource;
import java.util.List;
import java.util.function.Function;

/**
 * What samples tell of each resource: disk throughput is reads and writes together, and network the busier direction. Both
 * need both cells of a sample, since half of it would be an amount that is too low.
 */
final class ResourceSamples {

    /** The resources that samples tell of, in the order of {@link Resource}. */
    static final List<Resource> MEASURED = List.of(
            Resource.CPU,
            Resource.MEMORY,
            Resource.STORAGE,
            Resource.DISK_THROUGHPUT,
            Resource.DISK_IOPS,
            Resource.NETWORK);

    private static final double MBIT_A_GBIT = 1000.0;

    private ResourceSamples() {}

    /** Hands the amounts of a block over, resource by resource. */
    static void handOver(SampleBlock block, Function<Resource, AmountSink> sinks) {
        plain(block, Measure.CPU_VCPU, sinks.apply(Resource.CPU));
        plain(block, Measure.MEMORY_GIB, sinks.apply(Resource.MEMORY));
        plain(block, Measure.STORAGE_GIB, sinks.apply(Resource.STORAGE));
        plain(block, Measure.DISK_IOPS, sinks.apply(Resource.DISK_IOPS));
        double[] read = block.column(Measure.DISK_READ_MBPS);
        double[] written = block.column(Measure.DISK_WRITE_MBPS);
        double[] received = block.column(Measure.NET_RX_MBPS);
        double[] sent = block.column(Measure.NET_TX_MBPS);
        AmountSink throughput = sinks.apply(Resource.DISK_THROUGHPUT);
        AmountSink network = sinks.apply(Resource.NETWORK);
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

    private static void plain(SampleBlock block, Measure measure, AmountSink sink) {
        double[] amounts = block.column(measure);
        for (int i = 0; i < block.size(); i++) {
            if (!Double.isNaN(amounts[i])) {
                sink.add(block.time(i), amounts[i]);
            }
        }
    }
}
