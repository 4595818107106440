package io.regrade.intake.telemetry.remote;

/** Takes what a remote write holds. */
public interface SeriesSink {

    /**
     * A series; its samples follow.
     *
     * @param labels as they were sent; overwritten by the next
     */
    void series(Labels labels);

    /**
     * A sample of the series before.
     *
     * @param epochMillis when, milliseconds since 1970-01-01T00:00Z
     * @param value NaN for a stale marker, too
     */
    void sample(long epochMillis, double value);

    /** A native histogram of the series before, which is not read. */
    default void histogram() {}

    /** An exemplar of the series before, which is not read. */
    default void exemplar() {}
}
