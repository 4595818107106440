package io.regrade.intake.inventory;

import io.regrade.intake.telemetry.SampleBlock;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the files of a fleet directory as {@link FleetReader} does, with all checks of lines and cells, and keeps
 * nothing: what merely parsing costs, for benchmarks to compare with.
 *
 * @param rows lines of {@code vms.csv} and {@code targets.csv}
 * @param vms machines that have samples
 * @param samples lines of the usage file
 */
public record UsageScan(long rows, long vms, long samples) {

    /**
     * Parses the inventory, the targets and the usage.
     *
     * @throws IntakeException when a file is missing or malformed
     */
    public static UsageScan scan(Path directory, IntakeLimits limits) {
        Problems problems = new Problems(limits.maxProblems());
        FleetFiles files = FleetFiles.find(directory, limits, FleetProgress.NONE, problems);
        Map<String, Integer> vms = new LinkedHashMap<>();
        long[] rows = {0};
        files.with(
                FleetFiles.VMS,
                source -> CsvTable.read(source, Schema.VMS, problems, row -> {
                    rows[0]++;
                    String id = row.text("id");
                    vms.put(id == null ? "" : id, vms.size());
                }));
        files.with(FleetFiles.TARGETS, source -> CsvTable.read(source, Schema.TARGETS, problems, row -> rows[0]++));
        Counter counter = new Counter();
        files.withUsage(source -> UsageCsv.read(source, problems, vms, counter));
        problems.throwIfAny();
        return new UsageScan(rows[0], counter.vms, counter.samples);
    }

    private static final class Counter implements SampleSink {
        private long vms;
        private long samples;

        @Override
        public SampleBlock take() {
            return new SampleBlock();
        }

        @Override
        public SampleBlock put(int vm, SampleBlock block, boolean last) {
            samples += block.size();
            vms += last ? 1 : 0;
            block.clear();
            return block;
        }
    }
}
