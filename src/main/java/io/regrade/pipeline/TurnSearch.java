package io.regrade.pipeline;

import io.regrade.decision.Decision;
import io.regrade.fact.Numbers;
import io.regrade.pipeline.Counterfactual.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the nearest number that turns a decision: outward over a grid until a decision differs, then by bisection
 * between the last place where it did not and the first where it did. Nothing is taken to be monotone: both ends were
 * evaluated, and a turn and turn back between two neighbours of the grid can be overlooked. When there are no evaluations
 * left, the two ends stay as far apart as they are.
 */
final class TurnSearch {

    /** How near the two ends come, as a share of the larger one. */
    static final double TOLERANCE = 0.001;

    private static final int MOST_HALVINGS = 30;
    /** How many evaluations a turn is verified with: both of its ends. */
    private static final int VERIFYING = 2;

    private final Trials trials;
    private final Outcome actual;

    TurnSearch(Trials trials, Decision actual) {
        this.trials = trials;
        this.actual = Outcome.of(actual);
    }

    /**
     * A place where the decision turns.
     *
     * @param same what was varied, where the decision was the same
     * @param turned what was varied, where it was another
     * @param decision the other decision
     */
    record Turn(double same, double turned, Decision decision) {}

    /**
     * What came of one side.
     *
     * @param turn the nearest turn, null when none was found
     * @param reached how far it was looked
     */
    record Side(@Nullable Turn turn, double reached) {}

    /** Looks on one side. */
    Side side(Quantity quantity, boolean up) {
        double same = quantity.start();
        for (double next : quantity.grid(up)) {
            Decision decision =
                    trials.areUsedUp() ? null : trials.decide(quantity.at().apply(next));
            if (decision == null || !decision.errors().isEmpty()) {
                return new Side(null, same); // beyond, nothing can be said
            }
            if (isTurned(decision)) {
                Turn turn = bisect(quantity, same, next, decision);
                return new Side(turn, turn == null && trials.left() < VERIFYING ? same : next);
            }
            same = next;
        }
        return new Side(null, same);
    }

    private @Nullable Turn bisect(Quantity quantity, double from, double to, Decision there) {
        double same = from;
        double turned = to;
        Decision decision = there;
        for (int i = 0; i < MOST_HALVINGS && !isNear(same, turned) && trials.left() > VERIFYING; i++) {
            double middle = Numbers.significant((same + turned) / 2);
            if (middle == same || middle == turned) {
                break;
            }
            Decision between = trials.decide(quantity.at().apply(middle));
            if (!between.errors().isEmpty()) {
                break;
            }
            if (isTurned(between)) {
                turned = middle;
                decision = between;
            } else {
                same = middle;
            }
        }
        Circumstances other = quantity.at().apply(turned);
        if (other.replaced() == null) {
            return new Turn(same, turned, decision);
        }
        if (trials.left() < VERIFYING) {
            return null;
        }
        decision = trials.inFull(other);
        boolean holds =
                isTurned(decision) && !isTurned(trials.inFull(quantity.at().apply(same)));
        return holds ? new Turn(same, turned, decision) : null;
    }

    private static boolean isNear(double a, double b) {
        return Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
    }

    private boolean isTurned(Decision decision) {
        return !Outcome.of(decision).equals(actual);
    }
}
