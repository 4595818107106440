package io.regrade.pipeline.impact;

import io.regrade.decision.PolicyRef;
import io.regrade.fact.Action;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a draft does, compared with the active policy, over the same machines. Immutable.
 *
 * @param active the policy in force
 * @param draft the one that is to replace it
 * @param from the first moment that machines are decided at; null without machines
 * @param until the last such moment
 * @param machines how many were decided, each by both
 * @param changes how many decisions differ in which way, every {@link Change} named
 * @param matrix what becomes of what, machines for each pair that occurs
 * @param before what the active policy comes to
 * @param after what the draft comes to
 * @param savingDifferenceUsdMonth what the draft saves more, over the machines whose saving both know
 * @param comparableSavings how many machines that are
 * @param raisedRisk machines for which the draft takes more risk
 * @param loweredRisk machines for which it takes less
 * @param rules every rule of both
 * @param groups by group, those with most changes first
 * @param owners by owner, those with most changes first
 * @param most the machines affected most
 * @param unusable what could not be decided again, by reason
 */
public record Impact(
        PolicyRef active,
        PolicyRef draft,
        @Nullable Instant from,
        @Nullable Instant until,
        long machines,
        Map<Change, Long> changes,
        List<Transition> matrix,
        Side before,
        Side after,
        double savingDifferenceUsdMonth,
        long comparableSavings,
        long raisedRisk,
        long loweredRisk,
        List<RuleEffect> rules,
        List<Part> groups,
        List<Part> owners,
        List<Affected> most,
        SortedMap<String, Long> unusable) {

    /** Decisions whose advice is another one. */
    public long changed() {
        return changes.entrySet().stream()
                .filter(entry -> entry.getKey().isOfAdvice())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The share of all machines whose advice is another one; NaN without machines. */
    public double changedShare() {
        return machines == 0 ? Double.NaN : (double) changed() / machines;
    }

    /**
     * Machines with one advice today and one under the draft.
     *
     * @param from what the active policy advises
     * @param to what the draft advises
     * @param machines how many
     * @param changed of how many the advice differs; all, unless both actions are the same
     * @param savingDifferenceUsdMonth what the draft saves more with them, over known savings
     */
    public record Transition(Action from, Action to, long machines, long changed, double savingDifferenceUsdMonth) {}

    /**
     * What one policy comes to.
     *
     * @param actions machines by advice, every {@link Action} named
     * @param priceUsdMonthNow what the machines cost today, over known prices
     * @param unpriced machines whose price is unknown
     * @param savingUsdMonth what is saved, over known savings
     * @param unknownSavings machines whose saving is unknown
     * @param risk the moves by risk
     * @param saturatedHoursMonth hours a month in which a resource of the moved machines is expected to be saturated
     * @param savedHoursMonth hours of saturation a month that the moves avoid
     * @param errors decisions with errors, which keep the machine
     */
    public record Side(
            Map<Action, Long> actions,
            double priceUsdMonthNow,
            long unpriced,
            double savingUsdMonth,
            long unknownSavings,
            Risk risk,
            double saturatedHoursMonth,
            double savedHoursMonth,
            long errors) {}

    /**
     * The moves by the risk they take.
     *
     * @param none no risk
     * @param low up to 0.5
     * @param medium up to 1
     * @param high above 1
     * @param unknown not known
     * @param mean over the moves whose risk is known; NaN without any
     * @param highest the highest of them; NaN without any
     */
    public record Risk(long none, long low, long medium, long high, long unknown, double mean, double highest) {}

    /**
     * What one rule does under both policies.
     *
     * @param rule its id
     * @param name the sentence that names it
     * @param owner who answers for it
     * @param in which of the policies have it
     * @param active machines for which it fires under the active policy
     * @param draft machines for which it fires under the draft
     * @param newly machines for which it fires only under the draft
     * @param noLonger machines for which it fires only under the active policy
     * @param decidesActive machines whose advice it chooses under the active policy
     * @param decidesDraft machines whose advice it chooses under the draft
     * @param decidesNewly machines whose advice it chooses only under the draft
     * @param decidesNoLonger machines whose advice it chooses only under the active policy
     */
    public record RuleEffect(
            String rule,
            String name,
            String owner,
            In in,
            long active,
            long draft,
            long newly,
            long noLonger,
            long decidesActive,
            long decidesDraft,
            long decidesNewly,
            long decidesNoLonger) {

        /** Whether it does something else under the draft. */
        public boolean isChanged() {
            return newly + noLonger + decidesNewly + decidesNoLonger > 0;
        }
    }

    /** Which of two policies have a rule. */
    public enum In {
        BOTH,
        ACTIVE,
        DRAFT
    }

    /**
     * The machines of one group or owner.
     *
     * @param name the group or owner; empty for machines without, null for all that are not listed one by one
     * @param machines how many
     * @param changed of how many the advice differs
     * @param savingActiveUsdMonth what the active policy saves with them, over known savings
     * @param savingDraftUsdMonth what the draft saves with them, over known savings
     * @param unknownSavings machines with a saving that one of both does not know
     * @param raisedRisk machines for which the draft takes more risk
     */
    public record Part(
            @Nullable String name,
            long machines,
            long changed,
            double savingActiveUsdMonth,
            double savingDraftUsdMonth,
            long unknownSavings,
            long raisedRisk) {}

    /**
     * A machine that is affected much.
     *
     * @param by in which respects it is among the most affected
     * @param comparison both decisions, with their traces
     * @param reasons what of their reasons differs
     */
    public record Affected(List<Respect> by, Comparison comparison, ReasonChanges reasons) {}

    /** In which respect machines are affected most. */
    public enum Respect {
        /** By what is saved more or less. */
        MONEY,
        /** By the risk taken more or less. */
        RISK,
        /** By the needs that come, go or change their amounts. */
        NEED
    }
}
