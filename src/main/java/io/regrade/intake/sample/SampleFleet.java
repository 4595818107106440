package io.regrade.intake.sample;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.regrade.fact.Target;
import io.regrade.intake.inventory.InventoryWriter;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes the sample fleet as a fleet directory: rhythms of days and weeks, bursts, a leak, idle and steady machines,
 * too much and too little of everything, systems past their end of life, redundancy groups, and three invented clouds.
 */
public final class SampleFleet {

    private static final int BUFFER = 1 << 16;

    /**
     * What to make.
     *
     * @param seed equal seeds give equal fleets
     * @param vms how many machines; every twenty have one of each kind
     * @param targets how many targets
     * @param days length of the look-back window
     * @param sampleMinutes time between two samples
     * @param end when the window ends
     */
    public record Options(long seed, int vms, int targets, int days, int sampleMinutes, Instant end) {

        /** 60 machines, 200 targets, 14 days of samples every 15 minutes. */
        public static Options demo(Instant end) {
            return new Options(20_240_501, 60, 200, 14, 15, end);
        }
    }

    private SampleFleet() {}

    /**
     * Writes all files of a fleet directory, over files of the same name.
     *
     * @param directory made when it is missing
     */
    public static void write(Path directory, Options options) throws IOException {
        Files.createDirectories(directory);
        List<SampleVm> vms = IntStream.range(0, options.vms)
                .mapToObj(index -> SampleVm.of(index, options.seed))
                .toList();
        try (Writer out = Files.newBufferedWriter(directory.resolve("vms.csv"))) {
            InventoryWriter.writeVms(out, vms.stream().map(SampleVm::vm).toList());
        }
        try (Writer out = Files.newBufferedWriter(directory.resolve("targets.csv"))) {
            InventoryWriter.writeTargets(out, targets(options.targets, options.seed));
        }
        writeUsage(directory.resolve("usage.csv.gz"), vms, options);
        writeRows(
                directory.resolve("modules.csv"),
                "vm,name,version,requires",
                vms.stream().map(vm -> row(vm, vm.module())).toList());
        writeRows(
                directory.resolve("slas.csv"),
                "vm,max_saturated_hours_month,min_availability,max_price_usd_month,allowed_clouds,allowed_regions,"
                        + "allowed_families,window",
                vms.stream().map(vm -> row(vm, vm.sla())).toList());
        Files.writeString(directory.resolve("pricing.yaml"), """
                # What a machine costs that has no price, such as a new configuration.
                model: hourly
                usd_per_vcpu_hour: 0.035
                usd_per_gib_hour: 0.0045
                usd_per_storage_gib_hour: 0.00011
                usd_per_gib_transferred: 0.08
                """);
    }

    /** So many targets of the invented clouds, sorted by id, for a catalogue of any size. */
    public static List<Target> targets(int count, long seed) {
        return SampleCatalogue.targets(count, seed);
    }

    private static void writeUsage(Path file, List<SampleVm> vms, Options options) throws IOException {
        long step = options.sampleMinutes * 60L;
        long end = Math.floorDiv(options.end.getEpochSecond(), step) * step;
        long start = end - options.days * 86_400L;
        try (Writer out = new BufferedWriter(
                new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(file), BUFFER), StandardCharsets.UTF_8),
                BUFFER)) {
            out.write("timestamp,vm,cpu_vcpu,memory_gib,disk_read_mbps,disk_write_mbps,net_rx_mbps,net_tx_mbps,"
                    + "disk_iops,storage_gib\n");
            for (SampleVm vm : vms) {
                new Workload(vm, options.seed).write(out, start, end, step);
            }
        }
    }

    private static List<String> row(SampleVm vm, @Nullable List<String> columns) {
        List<String> row = new ArrayList<>();
        if (columns != null) {
            row.add(vm.vm().id());
            row.addAll(columns);
        }
        return row;
    }

    private static void writeRows(Path file, String header, List<List<String>> rows) throws IOException {
        try (Writer out = Files.newBufferedWriter(file);
                CsvWriter csv =
                        CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out)) {
            csv.writeRecord(header.split(","));
            rows.stream().filter(row -> !row.isEmpty()).forEach(csv::writeRecord);
        }
    }
}
