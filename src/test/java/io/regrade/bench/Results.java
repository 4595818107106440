package io.regrade.bench;

import io.regrade.bench.Competitors.Way;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/** What all rounds measured; each number is the median over the rounds. */
final class Results {

    private static final String ALLOCATION = "gc.alloc.rate.norm";
    private static final double KIB = 1024;

    /** Microseconds of processor time for each decision. */
    private final Map<Way, Map<Integer, List<Double>>> micros = new EnumMap<>(Way.class);

    private final Map<Way, Map<Integer, List<Double>>> allocated = new EnumMap<>(Way.class);

    /** Milliseconds on the clock by threads, then by machines. */
    private final Map<Integer, Map<Integer, List<Double>>> fleets = new TreeMap<>();

    private ProcessRuns.@Nullable Seconds processes;
    private EngineProfile.@Nullable Shares profile;

    void addDecisions(Collection<RunResult> runs) {
        for (RunResult run : runs) {
            Way way = Way.valueOf(run.getParams().getParam("way"));
            int targets = Integer.parseInt(run.getParams().getParam("targets"));
            add(micros, way, targets, secondary(run, CpuProfiler.NAME));
            add(allocated, way, targets, secondary(run, ALLOCATION) / KIB);
        }
    }

    void addFleets(Collection<RunResult> runs) {
        for (RunResult run : runs) {
            int threads = Integer.parseInt(run.getParams().getParam("threads"));
            int vms = Integer.parseInt(run.getParams().getParam("vms"));
            add(fleets, threads, vms, run.getPrimaryResult().getScore());
        }
    }

    void add(ProcessRuns.Seconds seconds) {
        processes = seconds;
    }

    void add(EngineProfile.Shares shares) {
        profile = shares;
    }

    private static double secondary(RunResult run, String name) {
        for (Map.Entry<String, Result> result : run.getSecondaryResults().entrySet()) {
            if (result.getKey().endsWith(name)) {
                return result.getValue().getScore();
            }
        }
        return Double.NaN;
    }

    private static <K> void add(Map<K, Map<Integer, List<Double>>> to, K key, int size, double value) {
        to.computeIfAbsent(key, k -> new TreeMap<>())
                .computeIfAbsent(size, s -> new ArrayList<>())
                .add(value);
    }

    /** NaN when it was not measured. */
    double micros(Way way, int targets) {
        return median(micros.getOrDefault(way, Map.of()).getOrDefault(targets, List.of()));
    }

    /** The median over the rounds of one way's time by another's, each of the same round. */
    double ratio(Way way, int targets, Way by, int byTargets) {
        List<Double> above = micros.getOrDefault(way, Map.of()).getOrDefault(targets, List.of());
        List<Double> below = micros.getOrDefault(by, Map.of()).getOrDefault(byTargets, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < Math.min(above.size(), below.size()); i++) {
            ratios.add(above.get(i) / below.get(i));
        }
        return median(ratios);
    }

    /** KiB for each decision. */
    double allocated(Way way, int targets) {
        return median(allocated.getOrDefault(way, Map.of()).getOrDefault(targets, List.of()));
    }

    /** Machines a second on the clock. */
    double throughput(int threads, int vms) {
        return vms / median(fleets.getOrDefault(threads, Map.of()).getOrDefault(vms, List.of())) * 1e3;
    }

    Map<Integer, Map<Integer, List<Double>>> fleets() {
        return fleets;
    }

    List<Integer> sizes() {
        return micros.values().stream()
                .flatMap(sizes -> sizes.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    ProcessRuns.@Nullable Seconds processes() {
        return processes;
    }

    EngineProfile.@Nullable Shares profile() {
        return profile;
    }

    static double median(List<Double> values) {
        if (values.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
