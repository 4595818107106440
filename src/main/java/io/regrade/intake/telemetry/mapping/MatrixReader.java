package io.regrade.intake.telemetry.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.SampleBatch;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what Prometheus' HTTP API answers to {@code query_range}: a matrix of series. Stateless; safe to share between
 * threads.
 *
 * @see <a href="https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries">Range queries</a>
 */
public final class MatrixReader {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * What is asked for lies at other moments than what is sent: mixed, their rates would be wrong. As another source it counts
     * in hours in which it has more samples.
     */
    private static final String PULLED = "/pulled";

    private MatrixReader() {}

    /**
     * Adds the samples of the series that are part of a measure.
     *
     * @throws IOException when it is no answer, or tells of an error; the message says which
     */
    public static void read(byte[] answer, Mappings mappings, SampleBatch batch) throws IOException {
        JsonNode root;
        try {
            root = MAPPER.readTree(answer);
        } catch (JsonProcessingException e) {
            throw new IOException("the answer is no JSON", e);
        }
        if (!root.path("status").asText().equals("success")) {
            throw new IOException("the monitor says: " + root.path("error").asText("nothing that is known"));
        }
        if (!root.at("/data/resultType").asText().equals("matrix")) {
            throw new IOException("the answer is no matrix");
        }
        for (JsonNode series : root.at("/data/result")) {
            Map<String, String> labels = new HashMap<>();
            series.path("metric")
                    .properties()
                    .forEach(
                            label -> labels.put(label.getKey(), label.getValue().asText()));
            Optional<MonitoredSeries> one = mappings.series(labels);
            if (one.isPresent()) {
                batch.series(one.get().from(one.get().source() + PULLED));
                for (JsonNode sample : series.path("values")) {
                    add(sample, batch);
                }
            }
        }
    }

    private static void add(JsonNode sample, SampleBatch batch) throws IOException {
        try {
            double value = Double.parseDouble(sample.path(1).asText()); // also NaN and +Inf, which are no measurement
            if (Double.isFinite(value)) {
                batch.add(Math.round(sample.path(0).asDouble() * 1000), value);
            }
        } catch (NumberFormatException e) {
            throw new IOException("a value is no number", e);
        }
    }
}
