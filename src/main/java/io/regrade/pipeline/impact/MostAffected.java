package io.regrade.pipeline.impact;

import io.regrade.pipeline.impact.Impact.Affected;
import io.regrade.pipeline.impact.Impact.Respect;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Keeps the few machines that are affected most, in each respect; of equals, the earlier ones. Used by one thread. */
final class MostAffected {

    private static final Comparator<Ranked> LEAST_FIRST = Comparator.comparingDouble(Ranked::score)
            .thenComparing(Comparator.comparingLong((Ranked one) -> one.comparison.at())
                    .reversed());

    private final int most;
    private final Map<Respect, PriorityQueue<Ranked>> kept = new EnumMap<>(Respect.class);

    private record Ranked(double score, Comparison comparison) {}

    /** Keeps so many in each respect. */
    MostAffected(int most) {
        this.most = most;
        for (Respect respect : Respect.values()) {
            kept.put(respect, new PriorityQueue<>(LEAST_FIRST));
        }
    }

    void add(Comparison one) {
        if (one.change() == Change.NONE) {
            return;
        }
        offer(Respect.MONEY, Math.abs(one.savingDifference()), one);
        offer(Respect.RISK, Math.abs(one.riskDifference()), one);
        offer(Respect.NEED, ReasonChanges.weight(one.active(), one.draft()), one);
    }

    /** What is unknown or nothing has no rank. */
    private void offer(Respect respect, double score, Comparison one) {
        PriorityQueue<Ranked> queue = kept.get(respect);
        if (queue == null || !(score > 0)) {
            return;
        }
        queue.add(new Ranked(score, one));
        if (queue.size() > most) {
            queue.remove();
        }
    }

    /** All that were kept, each once: the most affected first, by money, then by risk, then by need. */
    List<Affected> total() {
        Map<Long, Comparison> comparisons = new LinkedHashMap<>();
        Map<Long, List<Respect>> respects = new LinkedHashMap<>();
        kept.forEach((respect, queue) -> queue.stream()
                .sorted(LEAST_FIRST.reversed())
                .forEach(ranked -> {
                    comparisons.put(ranked.comparison.at(), ranked.comparison);
                    respects.computeIfAbsent(ranked.comparison.at(), at -> new ArrayList<>())
                            .add(respect);
                }));
        List<Affected> affected = new ArrayList<>();
        comparisons.forEach((at, one) -> affected.add(new Affected(
                List.copyOf(respects.getOrDefault(at, List.of())),
                one,
                ReasonChanges.between(one.active(), one.draft()))));
        return affected;
    }
}
