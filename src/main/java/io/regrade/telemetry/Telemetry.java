package io.regrade.telemetry;

import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.SampleBatch;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The samples that monitors sent of machines. Thread-safe. Everything completes with {@link
 * io.regrade.ledger.LedgerUnavailableException} when the store is away.
 */
public interface Telemetry {

    /**
     * Stores samples; completes once they last. Sending the same again is safe: nothing counts twice, whichever server
     * takes it.
     */
    CompletionStage<Received> store(SampleBatch batch);

    /**
     * What is known of machines, hour by hour.
     *
     * @param vms their ids
     * @param from hours that end after this moment, null for all
     * @param to hours that begin before it, null for all
     * @return what was measured by id; who was never measured is not there
     */
    CompletionStage<Map<String, MeasuredHours>> hours(
            Collection<String> vms, @Nullable Instant from, @Nullable Instant to);

    /**
     * What became of samples.
     *
     * @param accepted how many are stored now
     * @param duplicate how many were stored before
     * @param late how many belong to hours that are closed
     * @param refused how many are too old to be kept, or later than now
     */
    record Received(long accepted, long duplicate, long late, long refused) {

        /** None of anything. */
        public static final Received NONE = new Received(0, 0, 0, 0);

        /** All of both. */
        public Received plus(Received other) {
            return new Received(
                    accepted + other.accepted, duplicate + other.duplicate, late + other.late, refused + other.refused);
        }
    }
}
