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

    static final int BYTES_1 = (1 << 3) | 2;
    static final int BYTES_2 = (2 << 3) | 2;
    private static final int BYTES_3 = (3 << 3) | 2;
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
        Labels labels = new Labels();
        while (request.hasMore()) {
            int tag = request.tag();
            if (tag == BYTES_1) {
                series1(request.message(), body, labels, sink);
            } else {
                request.skipField(tag);
            }
        }
    }

    /** Its labels lie together, before the samples, as every sender writes them; any other order is copied together. */
    private static void series1(Wire series, byte[] body, Labels labels, SeriesSink sink) {
        int start = series.at();
        int end = start;
        while (series.hasMore() && series.isNext(BYTES_1)) {
            series.skipField(series.tag());
            end = series.at();
        }
        Wire rest = series.rest();
        LabelBytes more = null;
        while (series.hasMore()) {
            int from = series.at();
            int tag = series.tag();
            series.skipField(tag);
            if (tag == BYTES_1) {
                more = more == null ? new LabelBytes().add(body, start, end) : more;
                more.add(body, from, series.at());
            }
        }
        if (more == null) {
            labels.set(body, start, end);
        } else {
            more.into(labels);
        }
        sink.series(labels);
        values(rest, BYTES_4, BYTES_3, sink);
    }

    /** What a series holds besides its labels. */
    private static void values(Wire series, int histograms, int exemplars, SeriesSink sink) {
        while (series.hasMore()) {
            int tag = series.tag();
            if (tag == BYTES_2) {
                sample(series.message(), sink);
                continue;
            } else if (tag == histograms) {
                sink.histogram();
            } else if (tag == exemplars) {
                sink.exemplar();
            }
            series.skipField(tag);
        }
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
        Symbols symbols = new Symbols();
        List<Wire> all = new ArrayList<>();
        Wire request = new Wire(body, 0, body.length);
        while (request.hasMore()) {
            int tag = request.tag();
            if (tag == BYTES_4) {
                symbols.add(request.message());
            } else if (tag == BYTES_5) {
                all.add(request.message());
            } else {
                request.skipField(tag);
            }
        }
        Labels labels = new Labels();
        LabelBytes bytes = new LabelBytes();
        for (Wire series : all) {
            bytes.clear();
            Wire rest = series.rest();
            symbols(series, symbols, bytes);
            bytes.into(labels);
            sink.series(labels);
            values(rest, BYTES_3, BYTES_4, sink);
        }
    }

    private static void symbols(Wire series, Symbols symbols, LabelBytes bytes) {
        long name = -1;
        while (series.hasMore()) {
            int tag = series.tag();
            if (tag != BYTES_1 && tag != VARINT_1) {
                series.skipField(tag);
                continue;
            }
            for (Wire packed = tag == BYTES_1 ? series.message() : series.one(); packed.hasMore(); ) {
                long place = packed.varint();
                if (place < 0 || place >= symbols.size()) {
                    throw packed.malformed("a label is no text of the table");
                }
                if (name < 0) {
                    name = place;
                } else {
                    bytes.add(symbols, (int) name, (int) place);
                    name = -1;
                }
            }
        }
        if (name >= 0) {
            throw series.malformed("a label has no value");
        }
    }
}
