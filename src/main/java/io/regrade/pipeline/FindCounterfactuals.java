package io.regrade.pipeline;

import io.regrade.decision.Decision;
import io.regrade.fact.EvaluationTime;
import io.regrade.fact.Suggestion;
import io.regrade.fact.VmFacts;
import io.regrade.ledger.Evidence;
import io.regrade.pipeline.Counterfactual.Dropped;
import io.regrade.pipeline.Counterfactual.Numeric;
import io.regrade.pipeline.Counterfactual.Outcome;
import io.regrade.pipeline.Counterfactuals.Unturned;
import io.regrade.pipeline.TurnSearch.Side;
import io.regrade.pipeline.TurnSearch.Turn;
import io.regrade.pipeline.Variations.Removal;
import io.regrade.policy.PolicyBundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the smallest change of each fact that turns a decision, by deciding again with that fact changed and everything
 * else as it was. The same decision has the same answer. Thread-safe.
 */
public final class FindCounterfactuals {

    /** How many times one machine is decided at most. */
    public static final int MOST_EVALUATIONS = 5_000;

    private static final Comparator<Counterfactual> SMALLEST_FIRST = Comparator.comparingDouble(
                    FindCounterfactuals::size)
            .thenComparing(Counterfactual::fact)
            .thenComparing(Counterfactual::field)
            .thenComparing(Counterfactual::sentence);

    private final PastEvaluations past;

    /** Finds them with policies and catalogues that are kept there. */
    public FindCounterfactuals(PastEvaluations past) {
        this.past = past;
    }

    /**
     * Which ones are asked for.
     *
     * @param fact only of this fact, such as {@code usage.vcpu}, or of all of a kind, such as {@code parameter}; null for
     *     all
     * @param limit how many are listed at most
     */
    public record Asked(@Nullable String fact, int limit) {}

    /**
     * Of a stored decision.
     *
     * @throws UnknownFactException when the decision has no such fact
     * @throws EvidenceException when a part of the evidence is not what its digest says, or cannot be read
     */
    public Counterfactuals find(Evidence evidence, Asked asked) {
        try (PastEvaluations.Reopened reopened = past.open(evidence, null)) {
            Decision decision = reopened.decide().decide(reopened.facts(), reopened.time());
            Remade remade = new Remade(decision, reopened.decision(), evidence.engine());
            return find(reopened.decide(), reopened.facts(), reopened.time(), remade, asked, MOST_EVALUATIONS);
        }
    }

    /**
     * Of what would be decided for a machine now.
     *
     * @throws UnknownFactException when the machine has no such fact
     */
    public static Counterfactuals find(DecideVm decide, VmFacts facts, EvaluationTime time, Asked asked) {
        return find(decide, facts, time, asked, MOST_EVALUATIONS);
    }

    /** The same, deciding so many times at most. */
    static Counterfactuals find(DecideVm decide, VmFacts facts, EvaluationTime time, Asked asked, int most) {
        return find(decide, facts, time, new Remade(decide.decide(facts, time), null, null), asked, most);
    }

    private static Counterfactuals find(
            DecideVm decide, VmFacts facts, EvaluationTime time, Remade remade, Asked asked, int most) {
        Decision decision = remade.decision();
        PolicyBundle policy = decide.policy().bundle();
        Circumstances actual =
                new Circumstances(facts, policy.limitsFor(facts.vm().environment()), null);
        Variations variations = new Variations(actual, decision, policy);
        if (asked.fact() != null) {
            narrow(variations, asked.fact());
        }
        if (!decision.errors().isEmpty()) {
            return new Counterfactuals(remade, List.of(), 0, List.of(), List.of(), 1, true);
        }
        Trials trials = new Trials(decide, time, actual, most - 1);
        List<Counterfactual> turns = new ArrayList<>();
        List<Unturned> unturned = new ArrayList<>();
        TurnSearch search = new TurnSearch(trials, decision);
        for (Quantity quantity : variations.quantities) {
            vary(quantity, search, decision, turns, unturned);
        }
        for (Removal removal : variations.removals) {
            remove(removal, trials, decision, turns, unturned);
        }
        turns.sort(SMALLEST_FIRST);
        return new Counterfactuals(
                remade,
                turns.subList(0, Math.min(asked.limit(), turns.size())),
                turns.size(),
                unturned,
                variations.unvaried,
                trials.evaluations() + 1,
                !trials.areUsedUp());
    }

    private static void narrow(Variations variations, String fact) {
        List<String> known = new ArrayList<>(variations.facts());
        variations.keep(one -> one.equals(fact) || one.startsWith(fact + "."));
        if (variations.facts().isEmpty()) {
            known.stream()
                    .map(one -> one.substring(0, one.indexOf('.')))
                    .distinct()
                    .toList()
                    .forEach(known::add);
            throw new UnknownFactException("this decision has no fact `" + fact + "` that can be varied. Maybe `"
                    + String.join("`, `", Suggestion.nearest(fact, known, 3)) + "`");
        }
    }

    private static void vary(
            Quantity quantity,
            TurnSearch search,
            Decision decision,
            List<Counterfactual> turns,
            List<Unturned> unturned) {
        Side down = search.side(quantity, false);
        Side up = search.side(quantity, true);
        boolean turned = false;
        for (Side side : List.of(down, up)) {
            Turn turn = side.turn();
            if (turn != null) {
                turned = true;
                turns.add(counterfactual(quantity, turn, decision));
            }
        }
        if (!turned || down.turn() == null || up.turn() == null) {
            double least = down.turn() == null ? quantity.value(down.reached()) : quantity.from();
            double greatest = up.turn() == null ? quantity.value(up.reached()) : quantity.from();
            if (least < greatest) {
                unturned.add(new Unturned(
                        quantity.fact(), quantity.field(), quantity.unit(), "", quantity.from(), least, greatest));
            }
        }
    }

    private static Counterfactual counterfactual(Quantity quantity, Turn turn, Decision decision) {
        Numeric change = new Numeric(
                quantity.from(),
                quantity.value(turn.same()),
                quantity.value(turn.turned()),
                quantity.isFactor() ? turn.turned() : Double.NaN,
                CounterfactualWords.capacity(quantity, decision),
                CounterfactualWords.gap(quantity, turn, decision));
        return new Counterfactual(
                quantity.fact(),
                quantity.field(),
                quantity.unit(),
                change,
                Outcome.of(decision),
                Outcome.of(turn.decision()),
                Counterfactual.only(decision, turn.decision()),
                Counterfactual.only(turn.decision(), decision),
                CounterfactualWords.sentence(decision, turn.decision()) + " when "
                        + CounterfactualWords.condition(quantity, change));
    }

    private static void remove(
            Removal removal, Trials trials, Decision decision, List<Counterfactual> turns, List<Unturned> unturned) {
        if (trials.areUsedUp()) {
            return;
        }
        Decision without = trials.inFull(removal.without());
        if (!without.errors().isEmpty() || Outcome.of(without).equals(Outcome.of(decision))) {
            unturned.add(new Unturned(
                    removal.fact(), removal.field(), "", removal.from(), Double.NaN, Double.NaN, Double.NaN));
            return;
        }
        turns.add(new Counterfactual(
                removal.fact(),
                removal.field(),
                "",
                new Dropped(removal.from()),
                Outcome.of(decision),
                Outcome.of(without),
                Counterfactual.only(decision, without),
                Counterfactual.only(without, decision),
                CounterfactualWords.sentence(decision, without) + " when " + removal.words()));
    }

    private static double size(Counterfactual one) {
        double relative = Math.abs(one.change().relative());
        return Double.isNaN(relative) ? Double.POSITIVE_INFINITY : relative;
    }
}
