package io.regrade.instantiate;

import java.util.Set;

/**
 * What is agreed about a machine that is to be made.
 *
 * @param maxUsdHour the most it may cost, US dollars an hour; NaN for no limit
 * @param minAvailability the least share of time that all its servers together are to be there; NaN for none
 * @param clouds the clouds it may be in; empty for any
 */
public record Terms(double maxUsdHour, double minAvailability, Set<String> clouds) {

    /** Copies the set. */
    public Terms {
        clouds = Set.copyOf(clouds);
    }

    /** Whether a server may take part; one that promises less than all are to keep may not. */
    boolean allow(ServerOffer offer) {
        String cloud = offer.cloud();
        boolean here = clouds.isEmpty() || (cloud != null && clouds.contains(cloud));
        return here && (Double.isNaN(minAvailability) || offer.availability() >= minAvailability);
    }
}
