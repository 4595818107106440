package io.regrade.pipeline;

import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import io.regrade.fact.Target;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One change that turns a decision; both sides of it were evaluated.
 *
 * @param fact which fact is changed, such as {@code usage.vcpu}
 * @param field which field of it
 * @param unit the field's unit, empty when it has none
 * @param change from what to what
 * @param before what is decided without it
 * @param after what is decided with it
 * @param ceased rules that fire no longer, by id
 * @param begun rules that fire only then, by id
 * @param sentence the change and the outcome in a sentence
 */
public record Counterfactual(
        String fact,
        String field,
        String unit,
        Change change,
        Outcome before,
        Outcome after,
        List<String> ceased,
        List<String> begun,
        String sentence) {

    /** From what to what. */
    public sealed interface Change {

        /** How large it is in relation to what is there; NaN when that cannot be said. */
        double relative();
    }

    /**
     * Another number.
     *
     * @param from what it is
     * @param unchangedAt the nearest number at which the decision was seen to be the same
     * @param to the nearest number at which it was seen to be another
     * @param factor by what all of the fact is multiplied, NaN when it is only this number
     * @param capacity what the machine has of it, NaN when unknown or when it is no use of a resource
     * @param gap what that means for the prices, null when it is about no price
     */
    public record Numeric(
            double from,
            double unchangedAt,
            double to,
            double factor,
            double capacity,
            @Nullable Gap gap) implements Change {

        @Override
        public double relative() {
            return from == 0 ? Double.NaN : (to - from) / Math.abs(from);
        }
    }

    /**
     * By how much the machine costs more than a target, US dollars a month.
     *
     * @param target the target's id
     * @param from as it is
     * @param unchangedAt where the decision was seen to be the same
     * @param to where it was seen to be another
     */
    public record Gap(String target, double from, double unchangedAt, double to) {}

    /**
     * Something that is left out or taken away.
     *
     * @param from what is there
     */
    public record Dropped(String from) implements Change {

        @Override
        public double relative() {
            return Double.NaN;
        }
    }

    /**
     * What is decided.
     *
     * @param action the advice
     * @param target the chosen target's id, null when there is none
     */
    public record Outcome(Action action, @Nullable String target) {

        static Outcome of(Decision decision) {
            Target target = decision.target();
            return new Outcome(decision.action(), target == null ? null : target.id());
        }

        /** Such as {@code reclassify to m5.large}. */
        String text() {
            return action.key() + (target == null ? "" : " to " + target);
        }
    }

    /** Copies the lists. */
    public Counterfactual {
        ceased = List.copyOf(ceased);
        begun = List.copyOf(begun);
    }

    /** The rules that fired in the first and not in the second, by id. */
    static List<String> only(Decision first, Decision second) {
        TreeSet<String> rules = new TreeSet<>(first.trace().rules());
        second.trace().rules().forEach(rules::remove);
        return List.copyOf(rules);
    }
}
