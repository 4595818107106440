package io.regrade.intake.telemetry.mapping;

import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.remote.Labels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All mappings there are. What a series is, is worked out once and then known by the bytes of its labels. Thread-safe.
 */
public final class Mappings {

    /** Series that are known by their bytes; when there are more, all are worked out anew. */
    private static final int MOST_KNOWN = 500_000;

    private final Map<String, List<Mapping>> byMetric = new HashMap<>();
    private final Map<Labels, Optional<MonitoredSeries>> known = new ConcurrentHashMap<>();

    /** Mappings in the order in which they are tried. */
    public Mappings(List<Mapping> mappings) {
        for (Mapping mapping : mappings) {
            mapping.rules().stream()
                    .map(Mapping.Rule::metric)
                    .distinct()
                    .forEach(metric -> byMetric.merge(
                            metric,
                            List.of(mapping),
                            (some, more) -> java.util.stream.Stream.concat(some.stream(), more.stream())
                                    .toList()));
        }
    }

    /** What a series is; empty when no mapping knows it. */
    public Optional<MonitoredSeries> series(Labels labels) {
        Optional<MonitoredSeries> series = known.get(labels);
        if (series == null) {
            series = workedOut(labels);
            if (known.size() >= MOST_KNOWN) {
                known.clear();
            }
            known.put(labels.copy(), series);
        }
        return series;
    }

    private Optional<MonitoredSeries> workedOut(Labels labels) {
        List<String> texts = labels.texts();
        Map<String, String> byName = new HashMap<>();
        for (int i = 0; i + 1 < texts.size(); i += 2) {
            byName.put(texts.get(i), texts.get(i + 1));
        }
        return series(byName);
    }

    /** What a series with these labels is, its name under {@code __name__}. */
    public Optional<MonitoredSeries> series(Map<String, String> labels) {
        for (Mapping mapping : byMetric.getOrDefault(labels.getOrDefault("__name__", ""), List.of())) {
            Optional<MonitoredSeries> series = mapping.series(labels);
            if (series.isPresent()) {
                return series;
            }
        }
        return Optional.empty();
    }

    /** The names of all metrics that are known. */
    public java.util.Set<String> metrics() {
        return new java.util.TreeSet<>(byMetric.keySet());
    }
}
