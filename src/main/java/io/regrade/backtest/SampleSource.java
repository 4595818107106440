package io.regrade.backtest;

import io.regrade.intake.inventory.FleetSeries;

/** Reads the samples of a fleet from the beginning, as often as it is asked. */
@FunctionalInterface
public interface SampleSource {

    /** Hands over all samples, one machine after the other. */
    void read(FleetSeries.Each each);
}
