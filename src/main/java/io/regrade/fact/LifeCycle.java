package io.regrade.fact;

import java.time.LocalDate;

/**
 * When an operating system's release line stops getting security updates.
 *
 * @param series release line, such as {@code rhel-7}
 * @param endOfLife the last day of support
 * @param successor what to move to, {@code family-version}
 */
public record LifeCycle(String series, LocalDate endOfLife, String successor) {

    /** Whether support has ended at this moment. */
    public boolean hasEndedAt(EvaluationTime time) {
        return daysLeftAt(time) < 0;
    }

    /** Days of support left at this moment; negative when it has ended. */
    public long daysLeftAt(EvaluationTime time) {
        return time.daysUntil(endOfLife);
    }

    /** Reads the day as {@code yyyy-mm-dd}, the form decision tables use. */
    public static LifeCycle of(String series, String endOfLife, String successor) {
        return new LifeCycle(series, LocalDate.parse(endOfLife), successor);
    }
}
