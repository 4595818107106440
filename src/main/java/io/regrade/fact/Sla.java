package io.regrade.fact;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was agreed with the owner of a virtual machine. NaN and empty sets mean: nothing was agreed.
 *
 * @param maxSaturatedHoursMonth hours a month for which a resource may be saturated
 * @param minAvailability share of time that the service must be up, 0 to 1
 * @param maxPriceUsdMonth the most it may cost, US dollars a month
 * @param allowedClouds clouds it may run in; empty: nothing said
 * @param allowedRegions regions it may run in; empty: nothing said
 * @param allowedFamilies instance families it may use; empty: nothing said
 * @param window when it may be changed, such as {@code sat 02:00-06:00}, null when nothing was said
 */
public record Sla(
        @MayBeUnknown double maxSaturatedHoursMonth,
        @MayBeUnknown double minAvailability,
        @MayBeUnknown double maxPriceUsdMonth,
        Set<String> allowedClouds,
        Set<String> allowedRegions,
        Set<String> allowedFamilies,
        @Nullable String window) {

    /** Copies the sets, in a fixed order. */
    public Sla {
        maxSaturatedHoursMonth = Numbers.plain(maxSaturatedHoursMonth);
        minAvailability = Numbers.plain(minAvailability);
        maxPriceUsdMonth = Numbers.plain(maxPriceUsdMonth);
        allowedClouds = Ordered.copy(allowedClouds);
        allowedRegions = Ordered.copy(allowedRegions);
        allowedFamilies = Ordered.copy(allowedFamilies);
    }

    /** The allowed clouds as alternatives of a {@link Requirement}. */
    public String clouds() {
        return String.join("|", allowedClouds);
    }

    /** The allowed regions as alternatives of a {@link Requirement}. */
    public String regions() {
        return String.join("|", allowedRegions);
    }

    /** The allowed families as alternatives of a {@link Requirement}. */
    public String families() {
        return String.join("|", allowedFamilies);
    }
}
