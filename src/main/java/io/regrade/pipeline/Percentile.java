package io.regrade.pipeline;

import io.regrade.decision.Firing;
import io.regrade.decision.Trace;
import io.regrade.fact.Requirement;
import io.regrade.fact.Resource;
import io.regrade.fact.Usage;
import io.regrade.policy.RuleSource;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The numbers that stand for what was used of a resource. */
enum Percentile {
    MEAN("mean", Usage::mean),
    P50("median", Usage::p50),
    P90("90th percentile", Usage::p90),
    P95("95th percentile", Usage::p95),
    P99("99th percentile", Usage::p99),
    P995("99.5th percentile", Usage::p995),
    MAX("highest value", Usage::max);

    private static final Pattern READ = Pattern.compile("\\.(mean|p50|p90|p95|p99|p995|max)\\(\\)");

    private final String words;
    private final ToDoubleFunction<Usage> value;

    Percentile(String words, ToDoubleFunction<Usage> value) {
        this.words = words;
        this.value = value;
    }

    /** The field's name. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    double of(Usage usage) {
        return value.applyAsDouble(usage);
    }

    /** Such as {@code the 99.5th percentile of CPU use}. */
    String words(Resource resource) {
        return "the " + words + " of " + resource.label() + " use";
    }

    /**
     * The number that rules went by: the one that is read by the rule that made the largest requirement of this usage;
     * the highest value when no rule did.
     */
    static Percentile readByRules(Usage usage, Trace trace, List<RuleSource> rules) {
        Percentile read = MAX;
        double largest = Double.NEGATIVE_INFINITY;
        for (Firing firing : trace.firings()) {
            if (firing.matched().stream().noneMatch(fact -> fact == usage)) {
                continue;
            }
            for (Object fact : firing.concluded()) {
                if (fact instanceof Requirement requirement
                        && requirement.attribute().resource() == usage.resource()
                        && requirement.amount() > largest) {
                    Percentile one = readBy(firing.rule(), rules);
                    if (one != null) {
                        read = one;
                        largest = requirement.amount();
                    }
                }
            }
        }
        return read;
    }

    private static @org.jspecify.annotations.Nullable Percentile readBy(String id, List<RuleSource> rules) {
        for (RuleSource rule : rules) {
            Matcher matcher = READ.matcher(rule.text());
            if (rule.id().equals(id) && matcher.find()) {
                return valueOf(matcher.group(1).toUpperCase(Locale.ROOT));
            }
        }
        return null;
    }
}
