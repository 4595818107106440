package io.regrade.pipeline.impact;

import io.regrade.decision.Trace;
import io.regrade.pipeline.impact.Impact.In;
import io.regrade.pipeline.impact.Impact.RuleEffect;
import io.regrade.policy.PolicyBundle;
import io.regrade.policy.RuleSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts for how many machines each rule fires and decides, under both policies. Used by one thread. */
final class RuleTally {

    private final Map<String, Count> counts = new LinkedHashMap<>();

    private static final class Count {
        private final RuleSource source;
        private final In in;
        private long active;
        private long draft;
        private long newly;
        private long noLonger;
        private long decidesActive;
        private long decidesDraft;
        private long decidesNewly;
        private long decidesNoLonger;

        Count(RuleSource source, In in) {
            this.source = source;
            this.in = in;
        }
    }

    RuleTally(PolicyBundle active, PolicyBundle draft) {
        Set<String> before = ids(active);
        for (RuleSource rule : draft.rules()) {
            counts.put(rule.id(), new Count(rule, before.contains(rule.id()) ? In.BOTH : In.DRAFT));
        }
        for (RuleSource rule : active.rules()) {
            counts.putIfAbsent(rule.id(), new Count(rule, In.ACTIVE));
        }
    }

    private static Set<String> ids(PolicyBundle bundle) {
        Set<String> ids = new HashSet<>();
        bundle.rules().forEach(rule -> ids.add(rule.id()));
        return ids;
    }

    void add(Comparison one) {
        Trace before = one.active().trace();
        Trace after = one.draft().trace();
        List<String> fired = before.rules();
        if (before == after) {
            fired.forEach(rule -> both(count(rule)));
        } else {
            Set<String> fires = new HashSet<>(after.rules());
            for (String rule : fired) {
                if (fires.remove(rule)) {
                    both(count(rule));
                } else {
                    count(rule).active++;
                    count(rule).noLonger++;
                }
            }
            for (String rule : fires) {
                count(rule).draft++;
                count(rule).newly++;
            }
        }
        decides(before.chooser(), after.chooser());
    }

    private void decides(String before, String after) {
        boolean same = before.equals(after);
        if (!before.isEmpty()) {
            count(before).decidesActive++;
            count(before).decidesNoLonger += same ? 0 : 1;
        }
        if (!after.isEmpty()) {
            count(after).decidesDraft++;
            count(after).decidesNewly += same ? 0 : 1;
        }
    }

    private static void both(Count count) {
        count.active++;
        count.draft++;
    }

    private Count count(String rule) {
        Count count = counts.get(rule);
        if (count == null) {
            throw new IllegalStateException("rule `" + rule + "` fired and is in neither policy");
        }
        return count;
    }

    List<RuleEffect> total() {
        return counts.values().stream()
                .map(count -> new RuleEffect(
                        count.source.id(),
                        count.source.name(),
                        count.source.owner(),
                        count.in,
                        count.active,
                        count.draft,
                        count.newly,
                        count.noLonger,
                        count.decidesActive,
                        count.decidesDraft,
                        count.decidesNewly,
                        count.decidesNoLonger))
                .toList();
    }
}
