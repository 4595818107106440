package io.regrade.intake.telemetry;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A remote write as a sender makes it, a series for each sample, before compression. */
public final class RemoteWriteBody {

    private record Sample(Map<String, String> labels, long time, double value) {}

    private final List<Sample> samples = new ArrayList<>();

    /** The few things of the wire format that are needed. */
    private static final class Out extends ByteArrayOutputStream {

        void whole(long value) {
            long left = value;
            for (; (left & ~0x7fL) != 0; left >>>= 7) {
                write((int) (left & 0x7f) | 0x80);
            }
            write((int) left);
        }

        void bytes(int field, byte[] value) {
            whole(field << 3 | 2);
            whole(value.length);
            writeBytes(value);
        }

        void text(int field, String value) {
            bytes(field, value.getBytes(UTF_8));
        }
    }

    private static byte[] message(Consumer<Out> fields) {
        Out out = new Out();
        fields.accept(out);
        return out.toByteArray();
    }

    /** Adds a sample; labels are names and values in turn. */
    public RemoteWriteBody add(long time, double value, String name, String... labels) {
        Map<String, String> all = new TreeMap<>();
        all.put("__name__", name);
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        samples.add(new Sample(all, time, value));
        return this;
    }

    /** How many samples there are. */
    public int size() {
        return samples.size();
    }

    private static byte[] sample(Sample sample) {
        return message(out -> {
            out.whole(1 << 3 | 1);
            out.writeBytes(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putDouble(sample.value)
                    .array());
            out.whole(2 << 3);
            out.whole(sample.time);
        });
    }

    /** As {@code prometheus.WriteRequest}. */
    public byte[] version1() {
        return message(out -> {
            for (Sample sample : samples) {
                byte[] series = message(of -> {
                    for (Map.Entry<String, String> label : sample.labels.entrySet()) {
                        of.bytes(1, message(pair -> {
                            pair.text(1, label.getKey());
                            pair.text(2, label.getValue());
                        }));
                    }
                    of.bytes(2, sample(sample));
                });
                out.bytes(1, series);
            }
        });
    }

    /** As {@code io.prometheus.write.v2.Request}. */
    public byte[] version2() {
        Map<String, Integer> symbols = new LinkedHashMap<>();
        symbols.put("", 0);
        List<byte[]> series = new ArrayList<>();
        for (Sample sample : samples) {
            byte[] references = message(out -> {
                for (Map.Entry<String, String> label : sample.labels.entrySet()) {
                    symbols.putIfAbsent(label.getKey(), symbols.size());
                    out.whole(symbols.get(label.getKey()));
                    symbols.putIfAbsent(label.getValue(), symbols.size());
                    out.whole(symbols.get(label.getValue()));
                }
            });
            series.add(message(out -> {
                out.bytes(1, references);
                out.bytes(2, sample(sample));
            }));
        }
        return message(out -> {
            for (String symbol : symbols.keySet()) {
                out.text(4, symbol);
            }
            for (byte[] one : series) {
                out.bytes(5, one);
            }
        });
    }
}
