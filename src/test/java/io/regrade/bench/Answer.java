package io.regrade.bench;

import io.regrade.decision.Decision;
import io.regrade.fact.Action;
import io.regrade.fact.Attribute;
import io.regrade.fact.Benefit;
import io.regrade.fact.Need;
import io.regrade.fact.Target;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What any of the competitors answers about one machine, without explanations.
 *
 * @param action what to do
 * @param target where to, null unless it is reclassified
 * @param savingUsdMonth what is saved, US dollars a month
 * @param needs why
 * @param benefits what the chosen target brings
 */
record Answer(
        Action action, @Nullable Target target, double savingUsdMonth, List<NeedOf> needs, List<BenefitOf> benefits) {

    private static final Comparator<NeedOf> BY_RULE = Comparator.comparing(NeedOf::rule)
            .thenComparing(NeedOf::attribute)
            .thenComparingDouble(NeedOf::from)
            .thenComparingDouble(NeedOf::to);
    private static final Comparator<BenefitOf> BENEFIT_BY_RULE =
            Comparator.comparing(BenefitOf::rule).thenComparingDouble(BenefitOf::amount);

    /** A need by its rule and amounts. */
    record NeedOf(String rule, Attribute attribute, boolean upgrade, boolean obligation, double from, double to) {

        static NeedOf of(String rule, Need need) {
            return new NeedOf(
                    rule,
                    need.attribute(),
                    need.direction() == Need.Direction.UPGRADE,
                    need.obligation(),
                    need.fromAmount(),
                    need.toAmount());
        }
    }

    /** A benefit by its rule and amounts. */
    record BenefitOf(String rule, Benefit.Kind kind, double amount, double worthUsdMonth) {}

    /** The same of the engine's decision. */
    static Answer of(Decision decision) {
        return new Answer(
                decision.action(),
                decision.target(),
                decision.savingUsdMonth(),
                decision.needs().stream()
                        .map(n -> NeedOf.of(n.rule(), n.what()))
                        .toList(),
                decision.benefits().stream()
                        .map(b -> new BenefitOf(
                                b.rule(),
                                b.what().kind(),
                                b.what().amount(),
                                b.what().worthUsdMonth()))
                        .toList());
    }

    /** This answer with its lists in an order that does not depend on who made them. */
    Answer sorted() {
        return new Answer(
                action,
                target,
                savingUsdMonth,
                needs.stream().sorted(BY_RULE).toList(),
                benefits.stream().sorted(BENEFIT_BY_RULE).toList());
    }
}
