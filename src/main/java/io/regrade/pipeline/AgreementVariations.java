package io.regrade.pipeline;

import io.regrade.fact.Numbers;
import io.regrade.fact.Sla;
import io.regrade.fact.VmFacts;
import io.regrade.pipeline.Variations.Removal;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What can be varied of what was agreed about a machine. */
final class AgreementVariations {

    private static final double HOURS_A_MONTH = 730;

    private final Circumstances actual;
    private final Sla sla;
    private final List<Quantity> quantities;
    private final List<Removal> removals;

    /** Adds to these lists. */
    AgreementVariations(Circumstances actual, Sla sla, List<Quantity> quantities, List<Removal> removals) {
        this.actual = actual;
        this.sla = sla;
        this.quantities = quantities;
        this.removals = removals;
    }

    /** Adds each amount that was agreed, and what it would be without each part of the agreement. */
    void add() {
        agreed(
                "max_saturated_hours_month",
                "h/month",
                sla.maxSaturatedHoursMonth(),
                HOURS_A_MONTH,
                hours -> new Sla(
                        hours,
                        sla.minAvailability(),
                        sla.maxPriceUsdMonth(),
                        sla.allowedClouds(),
                        sla.allowedRegions(),
                        sla.allowedFamilies(),
                        sla.window()));
        agreed(
                "min_availability",
                "share",
                sla.minAvailability(),
                1,
                share -> new Sla(
                        sla.maxSaturatedHoursMonth(),
                        share,
                        sla.maxPriceUsdMonth(),
                        sla.allowedClouds(),
                        sla.allowedRegions(),
                        sla.allowedFamilies(),
                        sla.window()));
        agreed(
                "max_price_usd_month",
                "USD/month",
                sla.maxPriceUsdMonth(),
                sla.maxPriceUsdMonth() * Variations.WIDEST,
                usd -> new Sla(
                        sla.maxSaturatedHoursMonth(),
                        sla.minAvailability(),
                        usd,
                        sla.allowedClouds(),
                        sla.allowedRegions(),
                        sla.allowedFamilies(),
                        sla.window()));
        allowed(
                "allowed_clouds",
                sla.allowedClouds(),
                new Sla(
                        sla.maxSaturatedHoursMonth(),
                        sla.minAvailability(),
                        sla.maxPriceUsdMonth(),
                        Set.of(),
                        sla.allowedRegions(),
                        sla.allowedFamilies(),
                        sla.window()));
        allowed(
                "allowed_regions",
                sla.allowedRegions(),
                new Sla(
                        sla.maxSaturatedHoursMonth(),
                        sla.minAvailability(),
                        sla.maxPriceUsdMonth(),
                        sla.allowedClouds(),
                        Set.of(),
                        sla.allowedFamilies(),
                        sla.window()));
        allowed(
                "allowed_families",
                sla.allowedFamilies(),
                new Sla(
                        sla.maxSaturatedHoursMonth(),
                        sla.minAvailability(),
                        sla.maxPriceUsdMonth(),
                        sla.allowedClouds(),
                        sla.allowedRegions(),
                        Set.of(),
                        sla.window()));
    }

    private void agreed(String field, String unit, double value, double greatest, Function<Double, Sla> with) {
        if (Double.isNaN(value)) {
            return; // nothing was agreed
        }
        quantities.add(Quantity.plain(
                "sla." + field,
                field,
                unit,
                "the agreed " + field,
                value,
                0,
                greatest,
                other -> actual.with(agreeing(with.apply(other)))));
        removals.add(new Removal(
                "sla." + field,
                field,
                Numbers.show(value),
                "no " + field + " is agreed",
                actual.with(agreeing(with.apply(Double.NaN)))));
    }

    private void allowed(String field, Set<String> values, Sla without) {
        if (!values.isEmpty()) {
            removals.add(new Removal(
                    "sla." + field,
                    field,
                    String.join(";", values),
                    "no " + field + " are agreed",
                    actual.with(agreeing(without))));
        }
    }

    private VmFacts agreeing(Sla other) {
        VmFacts facts = actual.facts();
        return new VmFacts(
                facts.vm(),
                facts.usage(),
                facts.modules(),
                other,
                facts.redundancy(),
                facts.dismissals(),
                facts.counterOffer());
    }
}
