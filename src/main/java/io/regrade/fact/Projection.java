package io.regrade.fact;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be seen if the machine's usage ran on a target.
 *
 * @param target the target
 * @param resources one entry for each resource whose usage and offered capacity are known
 * @param saturatedHoursMonth hours a month in which at least the busiest resource is saturated, the highest of all
 * @param saturatedResource the resource that is saturated most, null when none is
 * @param savedHoursMonth hours of saturation a month that the move avoids; negative when it adds some
 * @param priceUsdMonth what the target costs counted by the hour, US dollars a month; NaN when unknown
 * @param consumptionUsdMonth what it costs counted by consumption; NaN when no such rates are known
 * @param savingUsdMonth what is saved against today, US dollars a month, by the business model in force; NaN when
 *     either side is unknown
 * @param freedVcpu processors given back, vCPU; negative when more are taken; NaN when unknown
 * @param freedMemoryGib memory given back, GiB; negative when more is taken; NaN when unknown
 * @param cpuMeanUtilisation mean processor use over what the target offers; NaN when unknown
 * @param risk 0 (none) to 4 (very high)
 * @param riskResource the resource that causes the risk, null when there is none
 */
public record Projection(
        Target target,
        List<ResourceProjection> resources,
        double saturatedHoursMonth,
        @Nullable Resource saturatedResource,
        double savedHoursMonth,
        @MayBeUnknown double priceUsdMonth,
        @MayBeUnknown double consumptionUsdMonth,
        @MayBeUnknown double savingUsdMonth,
        @MayBeUnknown double freedVcpu,
        @MayBeUnknown double freedMemoryGib,
        @MayBeUnknown double cpuMeanUtilisation,
        double risk,
        @Nullable Resource riskResource) {

    /** Whether both what is paid today and what would be paid there are known. */
    public boolean isSavingKnown() {
        return !Double.isNaN(savingUsdMonth);
    }

    /** Copies the list. */
    public Projection {
        resources = List.copyOf(resources);
    }
}
