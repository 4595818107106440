package io.regrade.intake.telemetry.remote;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the messages of Prometheus remote write after decompression: {@code prometheus.WriteRequest} of version 1.0 and
 * {@code io.prometheus.write.v2.Request} of version 2.0. Exemplars, histograms and metadata are passed over. Stateless;
 * safe to share between threads.
 *
 * <p>Source of the field numbers: https://prometheus.io/docs/specs/prw/remote_write_spec and {@code _2_0}.
 */
public final class RemoteWrite {

    private static final int BYTES_1 = (1 << 3) | 2;
    private static final int BYTES_2 = (2 << 3) | 2;
    private static final int BYTES_4 = (4 << 3) | 2;
    private static final int BYTES_5 = (5 << 3) | 2;
    private static final int DOUBLE_1 = (1 << 3) | 1;
    private static final int VARINT_1 = 1 << 3;
    private static final int VARINT_2 = 2 << 3;

    private RemoteWrite() {}

    /**
     * Reads a body of version 1.0.
     *
     * @throws MalformedWriteException when it is none; series before the flaw were handed over
     */
    public static void version1(byte[] body, SeriesSink sink) {
        Wire request = new Wire(body, 0, body.length);
        while (request.hasMore()) {
            int tag = request.tag();
            if (tag == BYTES_1) {
                series1(request.message(), sink);
            } else {
                request.skipField(tag);
            }
        }
    }

    private static void series1(Wire series, SeriesSink sink) {
        List<String> labels = new ArrayList<>();
        List<Wire> samples = new ArrayList<>();
        while (series.hasMore()) {
            int tag = series.tag();
            if (tag == BYTES_1) {
                label(series.message(), labels);
            } else if (tag == BYTES_2) {
                samples.add(series.message());
            } else {
                series.skipField(tag);
            }
        }
        sink.series(labels);
        samples.forEach(sample -> sample(sample, sink));
    }

    private static void label(Wire label, List<String> labels) {
        String name = "";
        String value = "";
        while (label.hasMore()) {
            int tag = label.tag();
            if (tag == BYTES_1) {
                name = label.text();
            } else if (tag == BYTES_2) {
                value = label.text();
            } else {
                label.skipField(tag);
            }
        }
        labels.add(name);
        labels.add(value);
    }

    private static void sample(Wire sample, SeriesSink sink) {
        double value = 0;
        long time = 0;
        while (sample.hasMore()) {
            int tag = sample.tag();
            if (tag == DOUBLE_1) {
                value = sample.float64();
            } else if (tag == VARINT_2) {
                time = sample.varint();
            } else {
                sample.skipField(tag);
            }
        }
        sink.sample(time, value);
    }

    /**
     * Reads a body of version 2.0, whose labels are places in a table of texts.
     *
     * @throws MalformedWriteException when it is none; series before the flaw were handed over
     */
    public static void version2(byte[] body, SeriesSink sink) {
        List<String> symbols = new ArrayList<>();
        List<Wire> all = new ArrayList<>();
        Wire request = new Wire(body, 0, body.length);
        while (request.hasMore()) {
            int tag = request.tag();
            if (tag == BYTES_4) {
                symbols.add(request.text());
            } else if (tag == BYTES_5) {
                all.add(request.message());
            } else {
                request.skipField(tag);
            }
        }
        all.forEach(series -> series2(series, symbols, sink));
    }

    private static void series2(Wire series, List<String> symbols, SeriesSink sink) {
        List<String> labels = new ArrayList<>();
        List<Wire> samples = new ArrayList<>();
        while (series.hasMore()) {
            int tag = series.tag();
            if (tag == BYTES_1) {
                for (Wire packed = series.message(); packed.hasMore(); ) {
                    labels.add(symbol(packed, symbols));
                }
            } else if (tag == VARINT_1) {
                labels.add(symbol(series, symbols));
            } else if (tag == BYTES_2) {
                samples.add(series.message());
            } else {
                series.skipField(tag);
            }
        }
        if (labels.size() % 2 != 0) {
            throw series.malformed("a label has no value");
        }
        sink.series(labels);
        samples.forEach(sample -> sample(sample, sink));
    }

    private static String symbol(Wire from, List<String> symbols) {
        long place = from.varint();
        if (place < 0 || place >= symbols.size()) {
            throw from.malformed("a label is no text of the table");
        }
        return symbols.get((int) place);
    }
}
