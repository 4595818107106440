package io.regrade.intake.telemetry.remote;

import java.util.List;

/** Takes what a remote write holds. */
public interface SeriesSink {

    /**
     * A series; its samples follow.
     *
     * @param labels names and values in turn, as they were sent
     */
    void series(List<String> labels);

    /**
     * A sample of the series before.
     *
     * @param epochMillis when, milliseconds since 1970-01-01T00:00Z
     * @param value NaN for a stale marker, too
     */
    void sample(long epochMillis, double value);
}
