package io.regrade.decision;

import io.regrade.fact.Action;
import io.regrade.fact.Benefit;
import io.regrade.fact.Instantiation;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Target;
import io.regrade.fact.Vm;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was decided about one virtual machine, with everything that explains it. Immutable.
 *
 * @param id made from what was decided on: equal facts, policy, catalogue and time give the same id
 * @param vm the machine, with its capacity as far as it is known
 * @param action what to do
 * @param why the sentence of the rule that chose
 * @param projection what is expected on the chosen target; null unless the action is to reclassify
 * @param instantiation the machine to make; null unless the action is to instantiate
 * @param priceUsdMonthNow what the machine costs today, US dollars a month; NaN when unknown
 * @param savingUsdMonth what is saved, US dollars a month; 0 when it stays; NaN when unknown
 * @param needs why it should change, each with its rule
 * @param benefits what the chosen target brings, each with its rule
 * @param considered how many targets were looked at one by one
 * @param excluded how many targets each constraint ruled out
 * @param rejected why the nearest others were not chosen
 * @param trace every rule that fired
 * @param policy which policy decided
 * @param factsDigest digest of the canonical facts
 * @param errors what went wrong, in words; a decision with errors keeps the machine
 * @param decidedAt the evaluation time
 */
public record Decision(
        String id,
        Vm vm,
        Action action,
        String why,
        @Nullable Projection projection,
        @Nullable Instantiation instantiation,
        double priceUsdMonthNow,
        double savingUsdMonth,
        List<Attributed<Need>> needs,
        List<Attributed<Benefit>> benefits,
        int considered,
        List<Excluded> excluded,
        List<Rejection> rejected,
        Trace trace,
        PolicyRef policy,
        String factsDigest,
        List<String> errors,
        Instant decidedAt) {

    /**
     * A conclusion and the rule that drew it.
     *
     * @param rule the rule's id
     * @param what the conclusion
     */
    public record Attributed<T>(String rule, T what) {}

    /** Copies the lists. */
    public Decision {
        needs = List.copyOf(needs);
        benefits = List.copyOf(benefits);
        excluded = List.copyOf(excluded);
        rejected = List.copyOf(rejected);
        errors = List.copyOf(errors);
    }

    /** The chosen target, null when there is none. */
    public @Nullable Target target() {
        return projection == null ? null : projection.target();
    }

    /** The projected risk, 0 to 4; NaN when nothing is to be moved to a known target. */
    public double risk() {
        return projection == null ? Double.NaN : projection.risk();
    }

    /** This decision under the id and the facts' digest that were worked out for it. */
    public Decision identified(String newId, String newFactsDigest) {
        return with(newId, newFactsDigest, trace);
    }

    /** This decision without its trace, which is the largest part of it. */
    public Decision withoutTrace() {
        return with(id, factsDigest, Trace.EMPTY);
    }

    private Decision with(String newId, String newFactsDigest, Trace newTrace) {
        return new Decision(
                newId,
                vm,
                action,
                why,
                projection,
                instantiation,
                priceUsdMonthNow,
                savingUsdMonth,
                needs,
                benefits,
                considered,
                excluded,
                rejected,
                newTrace,
                policy,
                newFactsDigest,
                errors,
                decidedAt);
    }
}
