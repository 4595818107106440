package io.regrade.offer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What two or three of provider, vendor and user agree on for the time after the move. It holds for each machine of the
 * offer. What is NaN or empty says nothing.
 *
 * @param provider who provides the machines, null when that side takes no part
 * @param vendor who sells what runs on them, null when that side takes no part
 * @param user who uses them, null when that side takes no part
 * @param maxPriceUsdMonth the most a machine may cost, US dollars a month
 * @param maxSaturatedHoursMonth hours a month for which it may be saturated
 * @param minAvailability share of time that it must be up, 0 to 1
 * @param allowedClouds clouds it may run in
 * @param allowedRegions regions it may run in
 * @param allowedFamilies instance families it may use
 */
public record Agreement(
        @Nullable String provider,
        @Nullable String vendor,
        @Nullable String user,
        double maxPriceUsdMonth,
        double maxSaturatedHoursMonth,
        double minAvailability,
        List<String> allowedClouds,
        List<String> allowedRegions,
        List<String> allowedFamilies) {

    /** Copies the lists. */
    public Agreement {
        allowedClouds = List.copyOf(allowedClouds);
        allowedRegions = List.copyOf(allowedRegions);
        allowedFamilies = List.copyOf(allowedFamilies);
    }
}
