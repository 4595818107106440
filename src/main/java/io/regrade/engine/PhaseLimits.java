package io.regrade.engine;

import io.regrade.decision.Phase;
import io.regrade.fact.Limit;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import io.regrade.simulate.SimulationSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The limits of one environment, each by the first phase whose rules ask for it. Immutable.
 *
 * <p>A limit becomes a fact no earlier than it is asked for, and not at all when no rule does: every fact costs time in
 * each working memory, and many machines are decided before the last phase.
 */
public final class PhaseLimits {

    private static final Pattern MENTION = Pattern.compile("\\bLimit\\b");
    private static final Pattern BY_NAME = Pattern.compile("\\bLimit\\s*\\(\\s*name\\s*==\\s*\"([^\"]+)\"");

    private final Map<Phase, List<Limit>> limits = new EnumMap<>(Phase.class);
    private final Map<Phase, Set<String>> asked;
    private final double saturation;
    private final double riskMargin;
    private final double memoryWeight;
    private final double medianExcess;
    private final double excessShape;

    private PhaseLimits(List<Limit> all, Map<Phase, Set<String>> asked) {
        this.asked = asked;
        Set<String> given = new HashSet<>();
        for (Phase phase : Phase.values()) {
            List<Limit> first = new ArrayList<>();
            Set<String> names = asked.getOrDefault(phase, Set.of());
            boolean any = asked.containsKey(phase) && names.isEmpty();
            for (Limit limit : all) {
                if ((any || names.contains(limit.name())) && given.add(limit.name())) {
                    first.add(limit);
                }
            }
            limits.put(phase, List.copyOf(first));
        }
        saturation = value(all, "saturation-utilisation");
        riskMargin = value(all, "risk-margin");
        memoryWeight = value(all, "memory-shortage-weight");
        medianExcess = value(all, "memory-excess-median");
        excessShape = value(all, "memory-excess-shape");
    }

    private static double value(List<Limit> all, String name) {
        for (Limit limit : all) {
            if (limit.name().equals(name)) {
                return limit.value();
            }
        }
        return Double.NaN;
    }

    /** The limits of each environment that the policy knows. */
    public static Map<String, PhaseLimits> of(PolicyBundle policy) {
        Map<Phase, Set<String>> asked = asked(policy.rules());
        Map<String, PhaseLimits> limits = new HashMap<>();
        for (String environment : policy.limits().keySet()) {
            limits.put(environment, new PhaseLimits(policy.limitsFor(environment), asked));
        }
        limits.computeIfAbsent(PolicyBundle.DEFAULT_ENVIRONMENT, key -> new PhaseLimits(policy.limitsFor(key), asked));
        return Map.copyOf(limits);
    }

    /** Other limits, each by the same phase; of the same parameters. */
    PhaseLimits with(List<Limit> others) {
        return new PhaseLimits(others, asked);
    }

    /** The names that the rules of each phase ask for; an empty set where a rule may ask for any. */
    private static Map<Phase, Set<String>> asked(List<RuleSource> rules) {
        Map<Phase, Set<String>> asked = new EnumMap<>(Phase.class);
        Set<Phase> any = EnumSet.noneOf(Phase.class);
        for (RuleSource rule : rules) {
            Phase phase = phase(rule);
            Matcher name = BY_NAME.matcher(rule.text());
            long mentions = MENTION.matcher(rule.text()).results().count();
            while (name.find()) {
                asked.computeIfAbsent(phase, key -> new HashSet<>()).add(name.group(1));
                mentions--;
            }
            if (mentions > 0) {
                any.add(phase);
            }
        }
        any.forEach(phase -> asked.put(phase, Set.of()));
        return asked;
    }

    private static Phase phase(RuleSource rule) {
        for (Phase phase : Phase.values()) {
            if (phase.key().equals(rule.phase())) {
                return phase;
            }
        }
        return Phase.REQUIRE;
    }

    /** The limits that no phase before this one asks for. */
    List<Limit> first(Phase phase) {
        return limits.getOrDefault(phase, List.of());
    }

    /**
     * What the policy sets for simulations.
     *
     * @throws IllegalArgumentException when it sets none, or none that can be used
     */
    SimulationSettings simulation() {
        return new SimulationSettings(saturation, riskMargin, memoryWeight, medianExcess, excessShape);
    }
}
