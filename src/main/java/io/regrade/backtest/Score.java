package io.regrade.backtest;

/**
 * What came of a recommender's advice.
 *
 * @param name the recommender
 * @param machines how many were scored
 * @param moved how many it moved
 * @param savingShare what it saves of what the machines cost by the hour, over those whose prices are known; NaN without
 * @param cpuHoursMonth hours of a month (730) in which a machine asked for more processors than it had there, the mean
 *     over the machines; NaN when no processor use was measured
 * @param cpuExceedingShare the share of machines that asked for more at least once; NaN as above
 * @param memoryExceedingShare the share of machines that used more memory than there was, at least once; NaN when no
 *     memory use was measured
 */
public record Score(
        String name,
        int machines,
        int moved,
        double savingShare,
        double cpuHoursMonth,
        double cpuExceedingShare,
        double memoryExceedingShare) {}
