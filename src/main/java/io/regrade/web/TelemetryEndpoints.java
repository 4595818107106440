package io.regrade.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.regrade.intake.inventory.IntakeLimits;
import io.regrade.intake.inventory.SampleRows;
import io.regrade.intake.telemetry.MeasuredHours;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.intake.telemetry.mapping.MappedSamples;
import io.regrade.intake.telemetry.mapping.Mappings;
import io.regrade.intake.telemetry.remote.RemoteWrite;
import io.regrade.ledger.Inventory;
import io.regrade.metrics.RegradeMeters;
import io.regrade.telemetry.Telemetry;
import io.regrade.telemetry.Telemetry.Received;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Samples of usage over HTTP. */
final class TelemetryEndpoints {

    private static final String CSV = "text/csv";
    private static final String VERSION_2 = "io.prometheus.write.v2.request";
    private static final String WRITTEN = "X-Prometheus-Remote-Write-";

    private final Telemetry telemetry;
    private final Inventory inventory;
    private final Mappings mappings;
    private final RegradeMeters meters;
    private final SampleRows rows = new SampleRows(IntakeLimits.DEFAULT);

    TelemetryEndpoints(Telemetry telemetry, Inventory inventory, Mappings mappings, RegradeMeters meters) {
        this.telemetry = telemetry;
        this.inventory = inventory;
        this.meters = meters;
        this.mappings = mappings;
    }

    Map<String, Endpoint> all() {
        return Map.of("putSamples", this::samples, "remoteWrite", this::write, "getUsage", this::usage);
    }

    private CompletionStage<Answer> samples(Call call) {
        SampleBatch batch = call.mediaType().equals(CSV) ? rows.csv(call.body()) : rows.ndjson(call.body());
        return telemetry.store(batch).thenApply(received -> Answer.json(200, json(received)));
    }

    private CompletionStage<Answer> usage(Call call) {
        String id = call.id();
        return telemetry
                .hours(List.of(id), call.moment("from"), call.moment("to"))
                .thenApply(all -> {
                    MeasuredHours hours = all.getOrDefault(id, MeasuredHours.NONE);
                    if (hours.byResource().isEmpty()
                            && inventory.snapshot().vm(id).isEmpty()) {
                        throw new HttpProblem(
                                ProblemType.NOT_FOUND,
                                "nothing was measured of `" + id + "` then, and no such machine is held");
                    }
                    return Answer.json(200, UsageJson.json(id, hours, call.text("measure")));
                });
    }

    private static ObjectNode json(Received received) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("accepted", received.accepted())
                .put("duplicate", received.duplicate())
                .put("late", received.late())
                .put("refused", received.refused());
    }

    private CompletionStage<Answer> write(Call call) {
        MappedSamples samples = new MappedSamples(mappings);
        boolean second = call.contentType().toLowerCase(Locale.ROOT).contains(VERSION_2);
        if (second) {
            RemoteWrite.version2(call.body(), samples);
        } else {
            RemoteWrite.version1(call.body(), samples);
        }
        return telemetry.store(samples.batch()).thenApply(received -> {
            meters.samples("ignored", samples.ignored());
            Map<String, String> written = second ? written(samples, received) : Map.of();
            if (received.late() + received.refused() > 0) {
                throw new HttpProblem(ProblemType.INVALID, why(received), List.of(), written);
            }
            Answer answer = Answer.empty(204);
            for (Map.Entry<String, String> header : written.entrySet()) {
                answer = answer.with(header.getKey(), header.getValue());
            }
            return answer;
        });
    }

    /** What is of no measure has been dealt with, too: a sender would count it as failed otherwise. */
    private static Map<String, String> written(MappedSamples samples, Received received) {
        Map<String, String> headers = new LinkedHashMap<>();
        long lost = received.late() + received.refused();
        headers.put(WRITTEN + "Samples-Written", String.valueOf(samples.samples() - lost));
        headers.put(WRITTEN + "Histograms-Written", String.valueOf(samples.histograms()));
        headers.put(WRITTEN + "Exemplars-Written", String.valueOf(samples.exemplars()));
        return headers;
    }

    private static String why(Received received) {
        return received.late() + " samples are of hours that are closed, " + received.refused()
                + " are older than anything is kept or ahead of the clock; the other " + received.accepted()
                + " are stored. Maybe the sender was away for long";
    }
}
