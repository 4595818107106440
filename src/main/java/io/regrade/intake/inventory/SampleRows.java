package io.regrade.intake.inventory;

import io.regrade.intake.telemetry.Measure;
import io.regrade.intake.telemetry.MonitoredSeries;
import io.regrade.intake.telemetry.SampleBatch;
import io.regrade.intake.telemetry.Timestamps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads usage samples that are sent, in any order, as CSV or as JSON objects, one a line: the columns of a fleet's usage file,
 * of which any but {@code timestamp} and {@code vm} may be left out. All or nothing: when a line is wrong, every problem is
 * told with its line. Stateless; safe to share between threads.
 */
public final class SampleRows {

    private static final String BODY = "body";
    private static final Schema SCHEMA = schema();

    private final IntakeLimits limits;

    public SampleRows(IntakeLimits limits) {
        this.limits = limits;
    }

    private static Schema schema() {
        List<String> optional = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            optional.add(measure.key());
        }
        return new Schema(List.of("timestamp", "vm"), optional);
    }

    /** The rows so far, series by series. */
    private static final class Rows {
        private final Timestamps timestamps = new Timestamps();
        private final Map<String, Map<Measure, Samples>> machines = new LinkedHashMap<>();
        private boolean any;

        void row(FieldSource source) {
            any = true;
            Fields fields = new Fields(source);
            String vm = fields.required("vm");
            String text = fields.required("timestamp");
            long time = text == null ? Timestamps.MALFORMED : timestamps.parse(text);
            if (text != null && time == Timestamps.MALFORMED) {
                fields.problem("timestamp", UsageCsv.timeProblem(text));
            }
            double[] amounts = new double[Measure.count()];
            boolean measured = false;
            int place = 0;
            for (Measure measure : Measure.values()) {
                double amount = fields.amount(measure.key());
                amounts[place++] = amount;
                measured |= !Double.isNaN(amount);
            }
            if (fields.isFine() && !measured) {
                fields.problem("vm", "the line has no measure. Maybe `cpu_vcpu` or `memory_gib` is missing");
            }
            if (!fields.isFine() || vm == null) {
                return;
            }
            Map<Measure, Samples> machine = machines.computeIfAbsent(vm, id -> new EnumMap<>(Measure.class));
            place = 0;
            for (Measure measure : Measure.values()) {
                double amount = amounts[place++];
                if (!Double.isNaN(amount)) {
                    machine.computeIfAbsent(measure, one -> new Samples()).add(time, amount);
                }
            }
        }

        SampleBatch batch() {
            SampleBatch batch = new SampleBatch();
            machines.forEach((vm, measures) -> measures.forEach((measure, samples) -> {
                batch.series(MonitoredSeries.of(vm, measure));
                for (int i = 0; i < samples.size; i++) {
                    batch.add(samples.times[i] * 1000, samples.amounts[i]);
                }
            }));
            return batch;
        }
    }

    /** The samples of one series. */
    private static final class Samples {
        private long[] times = new long[16];
        private double[] amounts = new double[16];
        private int size;

        void add(long time, double amount) {
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                amounts = Arrays.copyOf(amounts, 2 * size);
            }
            times[size] = time;
            amounts[size++] = amount;
        }
    }

    /**
     * Reads CSV under its header.
     *
     * @throws IntakeException with all problems
     */
    public SampleBatch csv(byte[] text) {
        Problems problems = new Problems(limits.maxProblems());
        Rows rows = new Rows();
        CsvTable.read(Source.of(BODY, text, limits), SCHEMA, problems, rows::row);
        problems.throwIfAny();
        return rows.batch();
    }

    /**
     * Reads JSON objects, one a line.
     *
     * @throws IntakeException with all problems
     */
    public SampleBatch ndjson(byte[] text) {
        Problems problems = new Problems(limits.maxProblems());
        Rows rows = new Rows();
        JsonLines.read(text, limits, problems, (line, node) -> {
            Problems own = new Problems(limits.maxProblems());
            JsonRow row = JsonRow.closed(node, "", SCHEMA.all(), own);
            if (row != null) {
                rows.row(row);
            }
            own.moveTo(problems, line);
        });
        if (!rows.any && problems.isEmpty()) {
            problems.add(
                    BODY, 0, "the body has no lines. Maybe `{\"vm\": \"…\", \"timestamp\": \"…\", \"cpu_vcpu\": 0.5}`");
        }
        problems.throwIfAny();
        return rows.batch();
    }
}
