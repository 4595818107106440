package io.regrade.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.inventory.SampleRows;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.telemetry.Telemetry;
import io.regrade.telemetry.Telemetry.Received;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Samples of usage over HTTP. */
final class TelemetryEndpoints {

    private static final String CSV = "text/csv";

    private final Telemetry telemetry;
    private final SampleRows rows = new SampleRows(IntakeLimits.DEFAULT);

    TelemetryEndpoints(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    Map<String, Endpoint> all() {
        return Map.of("putSamples", this::samples);
    }

    private CompletionStage<Answer> samples(Call call) {
        SampleBatch batch = call.mediaType().equals(CSV) ? rows.csv(call.body()) : rows.ndjson(call.body());
        return telemetry.store(batch).thenApply(received -> Answer.json(200, json(received)));
    }

    private static ObjectNode json(Received received) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("accepted", received.accepted())
                .put("duplicate", received.duplicate())
                .put("late", received.late())
                .put("refused", received.refused());
    }
}
