package io.regrade.telemetry.pg;

import io.regrade.ledger.pack.ByteReader;
import io.regrade.ledger.pack.ByteWriter;

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
    static final class Writer {

        private final ByteWriter bytes = new ByteWriter();
        private long time;
        private long firstHour = Integer.MAX_VALUE;

        Writer() {
            bytes.write(FORMAT);
        }

        void run(int series, int samples) {
            bytes.varint(series);
            bytes.varint(samples);
        }

        void sample(long epochMillis, double value) {
            put(epochMillis, value, Math.floorDiv(epochMillis, OpenHours.HOUR_MILLIS));
        }

        /** A sample of an hour that is closed, which the next hour needs. */
        void carried(long epochMillis, double value) {
            put(epochMillis, value, Math.floorDiv(epochMillis, OpenHours.HOUR_MILLIS) + 1);
        }

        private void put(long epochMillis, double value, long hour) {
            bytes.varint(folded(epochMillis - time));
            time = epochMillis;
            bytes.eight(Double.doubleToRawLongBits(value));
            firstHour = Math.min(firstHour, hour);
        }

        /** The first hour that it is looked at for, since 1970. */
        int firstHour() {
            return (int) firstHour;
        }

        byte[] bytes() {
            return bytes.bytes();
        }
    }

    static long folded(long difference) {
        return (difference << 1) ^ (difference >> 63);
    }

    static long unfolded(long folded) {
        return (folded >>> 1) ^ -(folded & 1);
    }

    /**
     * Reads a chunk.
     *
     * @throws IllegalStateException when it is of another format
     * @throws io.regrade.ledger.pack.DamagedPackException when it is damaged
     */
    static void read(byte[] chunk, Sink sink) {
        ByteReader bytes = new ByteReader(chunk);
        if (bytes.read() != FORMAT) {
            throw new IllegalStateException("a chunk of samples is of another format");
        }
        long time = 0;
        while (!bytes.isAtEnd()) {
            int series = bytes.count();
            for (long left = bytes.varint(); left > 0; left--) {
                time += unfolded(bytes.varint());
                sink.sample(series, time, Double.longBitsToDouble(bytes.eight()));
            }
        }
    }
}
