package io.regrade.pipeline.impact;

import io.regrade.decision.Decision;
import io.regrade.decision.PolicyRef;
import io.regrade.fact.Action;
import io.regrade.pipeline.impact.Impact.Transition;
import io.regrade.policy.PolicyBundle;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Adds up comparisons, in the order of the machines, so that sums come out the same however many threads decide. Keeps
 * no comparison but the most affected. Used by one thread.
 */
final class ImpactTally {

    private final PolicyBundle activePolicy;
    private final PolicyBundle draftPolicy;
    private final Map<Change, Long> changes = new EnumMap<>(Change.class);
    private final SortedMap<Pair, Moved> matrix = new TreeMap<>();
    private final SideTally before = new SideTally();
    private final SideTally after = new SideTally();
    private final RuleTally rules;
    private final PartTally groups = new PartTally();
    private final PartTally owners = new PartTally();
    private final MostAffected most;
    private long machines;
    private double savingDifference;
    private long comparableSavings;
    private long raisedRisk;
    private long loweredRisk;
    private @Nullable Instant from;
    private @Nullable Instant until;

    private record Pair(Action from, Action to) implements Comparable<Pair> {
        @Override
        public int compareTo(Pair other) {
            int first = from.compareTo(other.from);
            return first != 0 ? first : to.compareTo(other.to);
        }
    }

    private static final class Moved {
        private long machines;
        private long changed;
        private double savingDifference;
    }

    ImpactTally(PolicyBundle activePolicy, PolicyBundle draftPolicy, int most) {
        this.activePolicy = activePolicy;
        this.draftPolicy = draftPolicy;
        this.rules = new RuleTally(activePolicy, draftPolicy);
        this.most = new MostAffected(most);
        for (Change change : Change.values()) {
            changes.put(change, 0L);
        }
    }

    void add(Comparison one) {
        Decision active = one.active();
        machines++;
        moment(active.decidedAt());
        changes.merge(one.change(), 1L, Long::sum);
        before.add(active);
        after.add(one.draft());
        Moved moved =
                matrix.computeIfAbsent(new Pair(active.action(), one.draft().action()), pair -> new Moved());
        moved.machines++;
        moved.changed += one.change().isOfAdvice() ? 1 : 0;
        double saved = one.savingDifference();
        if (!Double.isNaN(saved)) {
            comparableSavings++;
            savingDifference += saved;
            moved.savingDifference += saved;
        }
        double risk = one.riskDifference();
        raisedRisk += risk > 0 ? 1 : 0;
        loweredRisk += risk < 0 ? 1 : 0;
        rules.add(one);
        groups.add(active.vm().group(), one);
        owners.add(active.vm().owner(), one);
        most.add(one);
    }

    private void moment(Instant at) {
        from = from == null || at.isBefore(from) ? at : from;
        until = until == null || at.isAfter(until) ? at : until;
    }

    long machines() {
        return machines;
    }

    Impact total(SortedMap<String, Long> unusable) {
        List<Transition> transitions = matrix.entrySet().stream()
                .map(entry -> new Transition(
                        entry.getKey().from,
                        entry.getKey().to,
                        entry.getValue().machines,
                        entry.getValue().changed,
                        entry.getValue().savingDifference))
                .toList();
        return new Impact(
                reference(activePolicy),
                reference(draftPolicy),
                from,
                until,
                machines,
                Map.copyOf(changes),
                transitions,
                before.total(),
                after.total(),
                savingDifference,
                comparableSavings,
                raisedRisk,
                loweredRisk,
                rules.total(),
                groups.total(),
                owners.total(),
                most.total(),
                unusable);
    }

    private static PolicyRef reference(PolicyBundle bundle) {
        return new PolicyRef(bundle.name(), bundle.digest());
    }
}
