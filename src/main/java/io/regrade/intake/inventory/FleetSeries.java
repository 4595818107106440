package io.regrade.intake.inventory;

import io.regrade.fact.VmFacts;
import io.regrade.intake.telemetry.SampleBlock;
import io.regrade.intake.telemetry.Series;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the samples of a fleet directory, one machine after the other. Memory holds those of one machine, however many
 * there are. Stateless; safe to share between threads.
 */
public final class FleetSeries {

    private final IntakeLimits limits;
    private final FleetProgress progress;

    /** Reads within these limits, and tells how far it is. */
    public FleetSeries(IntakeLimits limits, FleetProgress progress) {
        this.limits = limits;
        this.progress = progress;
    }

    /** Takes the samples of one machine. */
    @FunctionalInterface
    public interface Each {

        /**
         * All samples of a machine.
         *
         * @param vm its place among the machines
         * @param series its samples; only until this returns
         */
        void take(int vm, Series series);
    }

    /**
     * Reads the usage file of a directory.
     *
     * @param vms the machines of the directory
     * @param each takes one machine after the other, in the order of the file, on the calling thread
     * @throws IntakeException with all problems; machines before the first of them were handed over
     */
    public void read(Path directory, List<VmFacts> vms, Each each) {
        Problems problems = new Problems(limits.maxProblems());
        Map<String, Integer> places = new HashMap<>();
        for (VmFacts facts : vms) {
            places.put(facts.vm().id(), places.size());
        }
        FleetFiles.find(directory, limits, progress, problems)
                .withUsage(source -> UsageCsv.read(source, problems, places, new Collector(each)));
        problems.throwIfAny();
    }

    /** Puts the blocks of one machine together. */
    private static final class Collector implements SampleSink {

        private final Each each;
        private final Series series = new Series();

        Collector(Each each) {
            this.each = each;
        }

        @Override
        public SampleBlock take() {
            return new SampleBlock();
        }

        @Override
        public SampleBlock put(int vm, SampleBlock block, boolean last) {
            series.add(block);
            block.clear();
            if (last) {
                if (vm >= 0) {
                    each.take(vm, series);
                }
                series.clear();
            }
            return block;
        }
    }
}
