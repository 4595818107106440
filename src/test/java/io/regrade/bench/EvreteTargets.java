package io.regrade.bench;

import static io.regrade.bench.EvreteRules.conclude;
import static io.regrade.bench.EvreteRules.limit;
import static io.regrade.bench.EvreteRules.on;

import io.regrade.fact.Attribute;
import io.regrade.fact.Benefit;
import io.regrade.fact.Limit;
import io.regrade.fact.Need;
import io.regrade.fact.Projection;
import io.regrade.fact.Sla;
import io.regrade.fact.Veto;
import java.util.function.ToDoubleFunction;
import org.evrete.api.Knowledge;
import org.evrete.api.RhsContext;
import org.evrete.api.builders.RuleSetBuilder;

/** The phases {@code match} and {@code benefit} in Evrete. */
final class EvreteTargets {

    private EvreteTargets() {}

    static void vetoes(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("burstable-steady")
                .forEach("$l", Limit.class, "$p", Projection.class)
                .where(limit("burstable-mean-utilisation"), "$l")
                .where(on(o -> Boolean.TRUE.equals(((Projection) o[0]).target().burstable())), "$p")
                .where(on(o -> ((Projection) o[0]).cpuMeanUtilisation() > ((Limit) o[1]).value()), "$p", "$l")
                .execute(c -> veto(
                        c, "mean processor use on a burstable class", p(c).cpuMeanUtilisation(), l(c), "of 1", "$l"));
        agreed(rules, "price-cap", Projection::priceUsdMonth, Sla::maxPriceUsdMonth, "the price", "USD/month");
        agreed(
                rules,
                "sla-saturation",
                Projection::saturatedHoursMonth,
                Sla::maxSaturatedHoursMonth,
                "saturation",
                "h/month");
        rules.newRule("risk-too-high")
                .forEach("$l", Limit.class, "$p", Projection.class)
                .where(limit("accepted-risk"), "$l")
                .where(on(o -> ((Projection) o[0]).risk() > ((Limit) o[1]).value()), "$p", "$l")
                .execute(c -> veto(c, "the risk", p(c).risk(), l(c), "of 4", "$l"));
    }

    private static void agreed(
            RuleSetBuilder<Knowledge> rules,
            String id,
            ToDoubleFunction<Projection> is,
            ToDoubleFunction<Sla> accepted,
            String what,
            String unit) {
        rules.newRule(id)
                .forEach("$sla", Sla.class, "$p", Projection.class)
                .where(on(o -> is.applyAsDouble((Projection) o[0]) > accepted.applyAsDouble((Sla) o[1])), "$p", "$sla")
                .execute(c ->
                        veto(c, what, is.applyAsDouble(p(c)), accepted.applyAsDouble(c.get("$sla")), unit, "$sla"));
    }

    private static void veto(RhsContext context, String what, double is, double accepted, String unit, String because) {
        conclude(context, Veto.above(p(context).target(), what, is, accepted, unit), because, "$p");
    }

    static void benefits(RuleSetBuilder<Knowledge> rules) {
        rules.newRule("cost")
                .forEach("$p", Projection.class)
                .where(on(o -> ((Projection) o[0]).isSavingKnown()), "$p")
                .execute(c -> conclude(c, Benefit.cost(p(c).target(), p(c).savingUsdMonth()), "$p"));
        priced(rules, "processors-freed", "freed-vcpu-worth", Benefit.Kind.RESOURCE, "vCPU", Projection::freedVcpu);
        priced(rules, "memory-freed", "freed-gib-worth", Benefit.Kind.RESOURCE, "GiB", Projection::freedMemoryGib);
        rules.newRule("performance")
                .forEach("$l", Limit.class, "$p", Projection.class)
                .where(limit("saturated-hour-worth"), "$l")
                .where(
                        on(o -> ((Projection) o[0]).savedHoursMonth() > 0 || ((Projection) o[0]).savedHoursMonth() < 0),
                        "$p")
                .execute(c -> conclude(
                        c,
                        Benefit.priced(
                                p(c).target(), Benefit.Kind.PERFORMANCE, p(c).savedHoursMonth(), "h/month", l(c)),
                        "$l",
                        "$p"));
        rules.newRule("security")
                .forEach("$l", Limit.class, "$n", Need.class, "$p", Projection.class)
                .where(limit("security-gap-worth"), "$l")
                .where(
                        on(o -> ((Need) o[0]).attribute() == Attribute.OS
                                || ((Need) o[0]).attribute() == Attribute.FEATURE),
                        "$n")
                .execute(c -> conclude(c, Benefit.closedGap(p(c).target(), l(c)), "$l", "$n", "$p"));
    }

    private static void priced(
            RuleSetBuilder<Knowledge> rules,
            String id,
            String limit,
            Benefit.Kind kind,
            String unit,
            ToDoubleFunction<Projection> amount) {
        rules.newRule(id)
                .forEach("$l", Limit.class, "$p", Projection.class)
                .where(limit(limit), "$l")
                .where(on(o -> amount.applyAsDouble((Projection) o[0]) > 0), "$p")
                .execute(c -> conclude(
                        c, Benefit.priced(p(c).target(), kind, amount.applyAsDouble(p(c)), unit, l(c)), "$l", "$p"));
    }

    private static Projection p(RhsContext context) {
        return context.get("$p");
    }

    private static double l(RhsContext context) {
        return context.<Limit>get("$l").value();
    }
}
