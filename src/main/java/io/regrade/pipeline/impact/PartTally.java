package io.regrade.pipeline.impact;

import io.regrade.pipeline.impact.Impact.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Adds up the machines of each group, or of each owner. Used by one thread. */
final class PartTally {

    /** Names that are told apart; machines of further ones are added up together, so that memory stays flat. */
    private static final int MOST_NAMES = 10_000;

    private static final Comparator<Part> MOST_CHANGED_FIRST = Comparator.comparing((Part part) -> part.name() == null)
            .thenComparing(Comparator.comparingLong(Part::changed).reversed())
            .thenComparing(Comparator.comparingDouble(
                            (Part part) -> Math.abs(part.savingDraftUsdMonth() - part.savingActiveUsdMonth()))
                    .reversed())
            .thenComparing(part -> String.valueOf(part.name()));

    private final Map<String, Sum> sums = new LinkedHashMap<>();
    private final Sum others = new Sum();

    private static final class Sum {
        private long machines;
        private long changed;
        private double active;
        private double draft;
        private long unknown;
        private long raised;
    }

    void add(@Nullable String name, Comparison one) {
        String key = name == null ? "" : name;
        Sum known = sums.get(key);
        Sum sum = known != null ? known : sums.size() < MOST_NAMES ? new Sum() : others;
        if (known == null && sum != others) {
            sums.put(key, sum);
        }
        sum.machines++;
        sum.changed += one.change().isOfAdvice() ? 1 : 0;
        sum.raised += one.riskDifference() > 0 ? 1 : 0;
        if (Double.isNaN(one.savingDifference())) {
            sum.unknown++;
        }
        sum.active += known(one.active().savingUsdMonth());
        sum.draft += known(one.draft().savingUsdMonth());
    }

    private static double known(double saving) {
        return Double.isNaN(saving) ? 0 : saving;
    }

    List<Part> total() {
        List<Part> parts = new ArrayList<>();
        sums.forEach((name, sum) -> parts.add(part(name, sum)));
        if (others.machines > 0) {
            parts.add(part(null, others));
        }
        parts.sort(MOST_CHANGED_FIRST);
        return parts;
    }

    private static Part part(@Nullable String name, Sum sum) {
        return new Part(name, sum.machines, sum.changed, sum.active, sum.draft, sum.unknown, sum.raised);
    }
}
