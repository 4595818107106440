package io.regrade.intake.inventory;

import io.regrade.fact.Pricing;
import io.regrade.fact.SharedLimit;
import io.regrade.fact.Sla;
import io.regrade.fact.SoftwareModule;
import io.regrade.fact.Target;
import io.regrade.fact.Usage;
import io.regrade.fact.Vm;
import io.regrade.fact.VmFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a fleet directory, completely or not at all. Stateless; safe to share between threads.
 *
 * <p>One thread decompresses, decodes and parses while another computes the statistics of what was read.
 */
public final class FleetReader {

    private final IntakeLimits limits;
    private final FleetProgress progress;

    /** Reads with the default limits and tells nobody how far it is. */
    public FleetReader() {
        this(IntakeLimits.DEFAULT, FleetProgress.NONE);
    }

    public FleetReader(IntakeLimits limits, FleetProgress progress) {
        this.limits = limits;
        this.progress = progress;
    }

    /**
     * Reads a directory.
     *
     * @throws IntakeException with all problems of all files
     */
    public Fleet read(Path directory) {
        return read(directory, FleetReader::usage);
    }

    /**
     * Reads a directory without its usage file: every machine as if nothing had been measured of it. {@link FleetSeries}
     * reads what was.
     *
     * @throws IntakeException with all problems of all other files
     */
    public Fleet readInventory(Path directory) {
        return read(directory, (files, inventory, problems) -> Collections.nCopies(inventory.places.size(), List.of()));
    }

    /** Reads what was used of each machine, by their places. */
    @FunctionalInterface
    private interface UsageSource {
        List<List<Usage>> read(FleetFiles files, Inventory inventory, Problems problems);
    }

    private Fleet read(Path directory, UsageSource source) {
        Problems problems = new Problems(limits.maxProblems());
        FleetFiles files = FleetFiles.find(directory, limits, progress, problems);
        Inventory inventory = new Inventory(problems);
        files.with(FleetFiles.VMS, inventory::readVms);
        List<Target> targets = new ArrayList<>();
        files.with(FleetFiles.TARGETS, table -> targets.addAll(targets(table, problems)));
        List<List<Usage>> usage = source.read(files, inventory, problems);
        files.withOptional(FleetFiles.MODULES, inventory::readModules);
        files.withOptional(FleetFiles.SLAS, inventory::readSlas);
        Pricing[] pricing = {Pricing.HOURLY};
        files.withOptional(FleetFiles.PRICING, table -> pricing[0] = PricingYaml.read(table, problems));
        List<SharedLimit> shared = new ArrayList<>();
        files.withOptional(FleetFiles.SHARED, table -> shared.addAll(SharedRows.read(table, targets, problems)));
        problems.throwIfAny();
        return new Fleet(Groups.complete(inventory.facts(usage)), targets, pricing[0], shared);
    }

    /**
     * Reads virtual machines from the text of a {@code vms.csv}.
     *
     * @param name what problems call the text
     * @throws IntakeException with all problems
     */
    public List<Vm> readVms(String name, byte[] csv) {
        Problems problems = new Problems(limits.maxProblems());
        Inventory inventory = new Inventory(problems);
        inventory.readVms(Source.of(name, csv, limits));
        problems.throwIfAny();
        return List.copyOf(inventory.vms);
    }

    /**
     * Reads targets from the text of a {@code targets.csv}.
     *
     * @param name what problems call the text
     * @throws IntakeException with all problems
     */
    public List<Target> readTargets(String name, byte[] csv) {
        Problems problems = new Problems(limits.maxProblems());
        List<Target> targets = targets(Source.of(name, csv, limits), problems);
        problems.throwIfAny();
        return targets;
    }

    private static List<Target> targets(Source source, Problems problems) {
        List<Target> targets = new ArrayList<>();
        Map<String, Long> lines = new HashMap<>();
        CsvTable.read(source, Schema.TARGETS, problems, row -> {
            Target target = FactRows.target(row);
            if (isNew(row, lines) && target != null) {
                targets.add(target);
            }
        });
        return List.copyOf(targets);
    }

    private static boolean isNew(CsvRow row, Map<String, Long> lines) {
        String id = row.text("id");
        Long before = id == null ? null : lines.putIfAbsent(id, row.line());
        if (before != null) {
            row.problem("id", "`" + Fields.shorten(String.valueOf(id)) + "` is already in line " + before);
        }
        return before == null;
    }

    private static List<List<Usage>> usage(FleetFiles files, Inventory inventory, Problems problems) {
        try (UsageStatistics statistics = new UsageStatistics(inventory.places.size())) {
            files.withUsage(source ->
                    UsageCsv.read(source, problems, inventory.complete ? inventory.places : null, statistics));
            return problems.isEmpty() ? statistics.finish() : List.of();
        }
    }

    /** What the tables say of each machine while they are read. */
    private static final class Inventory {
        private final Problems problems;
        private final List<Vm> vms = new ArrayList<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<String, List<SoftwareModule>> modules = new HashMap<>();
        private final Set<List<String>> moduleNames = new HashSet<>();
        private final Map<String, Sla> slas = new HashMap<>();
        private final Map<String, Long> slaLines = new HashMap<>();
        /** Whether the ids of all machines are known, so that an unknown one can be told. */
        private boolean complete;

        Inventory(Problems problems) {
            this.problems = problems;
        }

        void readVms(Source source) {
            Map<String, Long> lines = new HashMap<>();
            complete = CsvTable.read(source, Schema.VMS, problems, row -> {
                Vm vm = FactRows.vm(row);
                String id = row.text("id");
                if (isNew(row, lines) && id != null) {
                    // A machine that has a problem keeps its place: what refers to it is no further problem.
                    places.put(id, places.size());
                    if (vm != null) {
                        vms.add(vm);
                    }
                }
            });
        }

        void readModules(Source source) {
            CsvTable.read(source, Schema.MODULES, problems, row -> {
                SoftwareModule module = FactRows.module(row);
                String vm = vm(row);
                if (vm == null || module == null) {
                    return;
                }
                if (!moduleNames.add(List.of(vm, module.name(), String.valueOf(module.version())))) {
                    row.problem(
                            "name",
                            "module `" + Fields.shorten(module.name()) + "` is there twice for `" + Fields.shorten(vm)
                                    + "`");
                }
                modules.computeIfAbsent(vm, id -> new ArrayList<>()).add(module);
            });
        }

        void readSlas(Source source) {
            CsvTable.read(source, Schema.SLAS, problems, row -> {
                Sla sla = FactRows.sla(row);
                String vm = vm(row);
                if (vm == null) {
                    return;
                }
                Long before = slaLines.putIfAbsent(vm, row.line());
                if (before != null) {
                    row.problem("vm", "`" + Fields.shorten(vm) + "` is already in line " + before);
                } else if (sla != null) {
                    slas.put(vm, sla);
                }
            });
        }

        private @Nullable String vm(CsvRow row) {
            String vm = new Fields(row).required("vm");
            if (vm != null && complete && !places.containsKey(vm)) {
                row.problem("vm", UsageCsv.unknownVm(vm));
                return null;
            }
            return vm;
        }

        List<VmFacts> facts(List<List<Usage>> usage) {
            List<VmFacts> facts = new ArrayList<>();
            for (int i = 0; i < vms.size(); i++) {
                Vm vm = vms.get(i);
                facts.add(new VmFacts(
                        vm, usage.get(i), modules.getOrDefault(vm.id(), List.of()), slas.get(vm.id()), List.of()));
            }
            return facts;
        }
    }
}
