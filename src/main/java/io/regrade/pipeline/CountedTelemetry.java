package io.regrade.pipeline;

import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.metrics.RegradeMeters;
import io.regrade.telemetry.Telemetry;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Telemetry whose samples are counted, once they last. Thread-safe as the one it counts for. */
public final class CountedTelemetry implements Telemetry {

    private final Telemetry telemetry;
    private final RegradeMeters meters;

    public CountedTelemetry(Telemetry telemetry, RegradeMeters meters) {
        this.telemetry = telemetry;
        this.meters = meters;
        count(Received.NONE);
    }

    private void count(Received received) {
        meters.samples("accepted", received.accepted());
        meters.samples("duplicate", received.duplicate());
        meters.samples("late", received.late());
        meters.samples("refused", received.refused());
    }

    @Override
    public CompletionStage<Received> store(SampleBatch batch) {
        return telemetry.store(batch).thenApply(received -> {
            count(received);
            return received;
        });
    }

    @Override
    public CompletionStage<Map<String, MeasuredHours>> hours(
            Collection<String> vms, @Nullable Instant from, @Nullable Instant to) {
        return telemetry.hours(vms, from, to);
    }
}
