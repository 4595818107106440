package io.regrade.backtest;

/**
 * How it went for a fleet that was decided again and again, and moved as advised.
 *
 * @param looks how many times every machine was decided
 * @param machines how many were scored
 * @param savingShare what was saved of what the machines would have cost where they were, over the time that was measured
 * @param cpuHoursMonth hours of a month (730) in which a machine asked for more processors than it had, the mean over the
 *     machines
 * @param memoryExceedingShare the share of machines that used more memory than they had, at least once
 * @param memoryHoursMonth hours of a month in which a machine did, the mean over the machines
 * @param moves moves of all machines, those at once included
 * @param movesAtOnce moves that were made between two looks, because a machine was short
 * @param machinesMoved how many machines were moved at least once
 */
public record Lived(
        int looks,
        int machines,
        double savingShare,
        double cpuHoursMonth,
        double memoryExceedingShare,
        double memoryHoursMonth,
        int moves,
        int movesAtOnce,
        int machinesMoved) {}
