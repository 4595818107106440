package io.regrade.pipeline;

import io.regrade.engine.PhaseWatch;
import io.regrade.metrics.RegradeMeters;
import java.time.Duration;

/** Feeds the phase timers. Thread-safe. */
public final class PhaseTimers implements PhaseWatch {

    private final RegradeMeters meters;

    public PhaseTimers(RegradeMeters meters) {
        this.meters = meters;
    }

    @Override
    public long begin() {
        return System.nanoTime();
    }

    @Override
    public void end(String phase, long mark) {
        meters.phase(phase, Duration.ofNanos(System.nanoTime() - mark));
    }
}
