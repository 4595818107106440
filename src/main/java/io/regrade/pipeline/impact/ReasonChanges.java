package io.regrade.pipeline.impact;

import io.regrade.decision.Decision;
import io.regrade.decision.Firing;
import io.regrade.decision.Trace;
import io.regrade.fact.Attribute;
import io.regrade.fact.Need;
import io.regrade.fact.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of the reasons of two decisions about one machine differs.
 *
 * @param newlyFired rules that fire only for the draft's decision, in the order of their firing
 * @param noLongerFired rules that fire only for the active policy's
 * @param needs needs that come, go, or ask for another amount
 * @param noLongerRequired requirements that rules conclude only for the active policy's, with their rule
 * @param newlyRequired those that they conclude only for the draft's
 */
public record ReasonChanges(
        List<String> newlyFired,
        List<String> noLongerFired,
        List<NeedChange> needs,
        List<String> noLongerRequired,
        List<String> newlyRequired) {

    /** How much more an obligation weighs than a wish. */
    private static final double OBLIGATION = 10;

    /**
     * A need that only one decision has, or that differs.
     *
     * @param rule the rule that states it
     * @param active as the active policy states it, null when it does not
     * @param draft as the draft states it, null when it does not
     */
    public record NeedChange(
            String rule, @Nullable Need active, @Nullable Need draft) {

        /** 1 for a need that comes or goes, the relative difference for one that changes; times ten for obligations. */
        double weight() {
            boolean obligation = (active != null && active.obligation()) || (draft != null && draft.obligation());
            double share = active == null || draft == null ? 1 : difference(active, draft);
            return obligation ? OBLIGATION * share : share;
        }

        /** From 0, where the same is asked for in other words, to 1. */
        private static double difference(Need active, Need draft) {
            if (active.to().equals(draft.to()) && active.obligation() == draft.obligation()) {
                return 0;
            }
            double most = Math.max(Math.abs(active.toAmount()), Math.abs(draft.toAmount()));
            double difference = Math.abs(active.toAmount() - draft.toAmount());
            return most > 0 && active.obligation() == draft.obligation() ? Math.min(1, difference / most) : 1;
        }
    }

    private record Key(String rule, Attribute attribute, Need.Direction direction, int number) {}

    /** What differs between these. */
    static ReasonChanges between(Decision active, Decision draft) {
        Set<String> before = new LinkedHashSet<>(active.trace().rules());
        Set<String> after = new LinkedHashSet<>(draft.trace().rules());
        Set<String> required = requirements(active.trace());
        Set<String> requires = requirements(draft.trace());
        return new ReasonChanges(
                without(after, before),
                without(before, after),
                needs(active, draft),
                without(required, requires),
                without(requires, required));
    }

    /** How much the needs of two decisions differ: the weights of all that do. */
    static double weight(Decision active, Decision draft) {
        return active.needs().equals(draft.needs())
                ? 0
                : needs(active, draft).stream().mapToDouble(NeedChange::weight).sum();
    }

    private static List<NeedChange> needs(Decision active, Decision draft) {
        Map<Key, Need> before = byKey(active);
        Map<Key, Need> after = byKey(draft);
        List<NeedChange> changes = new ArrayList<>();
        before.forEach((key, need) -> {
            Need other = after.get(key);
            if (!need.equals(other)) {
                changes.add(new NeedChange(key.rule, need, other));
            }
        });
        after.forEach((key, need) -> {
            if (!before.containsKey(key)) {
                changes.add(new NeedChange(key.rule, null, need));
            }
        });
        return changes;
    }

    /** A rule may state several needs of one attribute: they are told apart by their order. */
    private static Map<Key, Need> byKey(Decision decision) {
        Map<Key, Need> needs = new LinkedHashMap<>();
        for (Decision.Attributed<Need> one : decision.needs()) {
            int number = 0;
            Key key;
            do {
                key = new Key(one.rule(), one.what().attribute(), one.what().direction(), number++);
            } while (needs.containsKey(key));
            needs.put(key, one.what());
        }
        return needs;
    }

    private static Set<String> requirements(Trace trace) {
        Set<String> requirements = new LinkedHashSet<>();
        for (Firing firing : trace.firings()) {
            for (Object fact : firing.concluded()) {
                if (fact instanceof Requirement requirement) {
                    requirements.add(requirement.text() + "  [" + firing.rule() + "]");
                }
            }
        }
        return requirements;
    }

    private static List<String> without(Set<String> all, Set<String> others) {
        return all.stream().filter(one -> !others.contains(one)).toList();
    }
}
