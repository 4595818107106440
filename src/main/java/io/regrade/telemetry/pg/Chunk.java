package io.regrade.telemetry.pg;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * Samples of one machine as bytes, in the order they came: a format byte, then for each run the id of its series, how many
 * samples, and each as the milliseconds since the one before it and the value. Whole numbers take seven bits a byte, the
 * lowest first; differences fold the sign into the lowest bit.
 */
final class Chunk {

    private static final int FORMAT = 1;

    private Chunk() {}

    /** Takes what a chunk holds. */
    @FunctionalInterface
    interface Sink {
        void sample(int series, long epochMillis, double value);
    }

    /** Makes a chunk. Used by one thread. */
    static final class Writer extends ByteArrayOutputStream {

        private final byte[] number = new byte[8];
        private long time;

        Writer() {
            super(512);
            write(FORMAT);
        }

        void run(int series, int samples) {
            whole(series);
            whole(samples);
        }

        void sample(long epochMillis, double value) {
            long step = epochMillis - time;
            whole((step << 1) ^ (step >> 63));
            time = epochMillis;
            ByteBuffer.wrap(number).putDouble(value);
            write(number, 0, 8);
        }

        private void whole(long value) {
            long left = value;
            while ((left & ~0x7fL) != 0) {
                write((int) (left & 0x7f) | 0x80);
                left >>>= 7;
            }
            write((int) left);
        }
    }

    /**
     * Reads a chunk.
     *
     * @throws IllegalStateException when it is none
     */
    static void read(byte[] chunk, Sink sink) {
        ByteBuffer bytes = ByteBuffer.wrap(chunk);
        if (bytes.get() != FORMAT) {
            throw new IllegalStateException("a chunk of samples is of another format");
        }
        long time = 0;
        while (bytes.hasRemaining()) {
            int series = (int) whole(bytes);
            for (long left = whole(bytes); left > 0; left--) {
                long step = whole(bytes);
                time += (step >>> 1) ^ -(step & 1);
                sink.sample(series, time, bytes.getDouble());
            }
        }
    }

    private static long whole(ByteBuffer bytes) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
