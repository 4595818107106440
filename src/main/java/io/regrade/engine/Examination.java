package io.regrade.engine;

import io.regrade.catalog.Constraint;
import io.regrade.decision.Decision;
import io.regrade.decision.Decision.Attributed;
import io.regrade.fact.Benefit;
import io.regrade.fact.Projection;
import io.regrade.fact.Target;
import io.regrade.fact.Veto;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decision, and what came of looking at one target in the same evaluation, whether or not the search led there.
 *
 * @param decision the decision as it comes out without that
 * @param target the target that was looked at
 * @param stage how far the evaluation came by itself
 * @param current whether the machine is of this class already, so that the search passes it over
 * @param missed what of the required configuration the target lacks, with who asks for it
 * @param vetoes what rules say against it
 * @param outlook what would be seen there, null when that was not worked out
 * @param chosen the same of the chosen target, null when none was chosen
 * @param candidates how many targets were left to choose from
 * @param errors why the look at the target failed, empty when it did not
 */
public record Examination(
        Decision decision,
        Target target,
        Stage stage,
        boolean current,
        List<Missed> missed,
        List<Attributed<Veto>> vetoes,
        @Nullable Outlook outlook,
        @Nullable Outlook chosen,
        int candidates,
        List<String> errors) {

    /** How far an evaluation comes. */
    public enum Stage {
        /** A rule failed. */
        FAILED,
        /** It was decided before any target was looked for. */
        NOT_SEARCHED,
        /** Targets were looked for; this one was not looked at one by one. */
        SEARCHED,
        /** This one was looked at, too. */
        CONSIDERED
    }

    /**
     * One thing that a target lacks.
     *
     * @param constraint what it lacks
     * @param stated whether anybody asks for it; otherwise it is what the machine has now, or availability
     * @param rule the rule that asks for it; empty when it was stated with the facts, or is merely kept
     * @param source where it comes from, in words; empty for availability
     */
    public record Missed(Constraint constraint, boolean stated, String rule, String source) {

        /** The least amount that is asked for, NaN when it is not an amount. */
        double amount() {
            return constraint instanceof Constraint.Floor floor ? floor.amount() : Double.NaN;
        }
    }

    /**
     * What a target would bring.
     *
     * @param projection what would be seen there
     * @param netUsdMonth the worth of all its benefits, US dollars a month
     * @param rank its place among the candidates, 0 first; of a target that is none, the place it would take
     * @param benefits what it brings, each with its rule
     */
    public record Outlook(Projection projection, double netUsdMonth, int rank, List<Attributed<Benefit>> benefits) {

        /** Copies the list. */
        public Outlook {
            benefits = List.copyOf(benefits);
        }
    }

    /** Copies the lists. */
    public Examination {
        missed = List.copyOf(missed);
        vetoes = List.copyOf(vetoes);
        errors = List.copyOf(errors);
    }

    /** Whether the target supports what is required, and no rule speaks against it. */
    public boolean fits() {
        return missed.isEmpty() && vetoes.isEmpty();
    }

    /** The same about a decision that was given its id. */
    public Examination of(Decision identified) {
        return new Examination(identified, target, stage, current, missed, vetoes, outlook, chosen, candidates, errors);
    }
}
