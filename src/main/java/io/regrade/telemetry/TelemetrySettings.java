package io.regrade.telemetry;

/**
 * How telemetry is kept.
 *
 * @param lateHours hours after its end that an hour takes samples; then it is closed
 * @param quietMinutes minutes that nothing came for an hour before it is closed, so that history can be sent in parts
 * @param keptDays days that statistics are kept
 */
public record TelemetrySettings(int lateHours, int quietMinutes, int keptDays) {

    /** Two hours, ten minutes, 400 days. */
    public static final TelemetrySettings DEFAULT = new TelemetrySettings(2, 10, 400);
}
