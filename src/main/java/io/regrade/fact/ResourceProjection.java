package io.regrade.fact;

/**
 * What would be seen of one resource on a target.
 *
 * @param resource the resource
 * @param offered what the target offers, in the resource's unit
 * @param p95 projected 95th percentile of utilisation, 1 is all of it
 * @param p99 projected 99th percentile of utilisation
 * @param saturatedHoursMonth hours a month in which utilisation is at or above the saturation limit
 * @param risk 0 (none) to 4 (very high)
 */
public record ResourceProjection(
        Resource resource, double offered, double p95, double p99, double saturatedHoursMonth, double risk) {}
