package io.regrade.intake.inventory;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;
import java.util.zip.GZIPInputStream;

/** A stream that refuses to give more bytes than it may, and more than a multiple of its compressed size. */
final class GuardedInput extends FilterInputStream {

    private static final int BUFFER = 1 << 16;

    private final Counter compressed;
    private final boolean gzip;
    private final long maxBytes;
    private final IntakeLimits limits;
    private long bytes;

    private GuardedInput(InputStream in, Counter compressed, boolean gzip, long maxBytes, IntakeLimits limits) {
        super(in);
        this.compressed = compressed;
        this.gzip = gzip;
        this.maxBytes = maxBytes;
        this.limits = limits;
    }

    /** Guards a stream; {@code progress} hears how many bytes were taken from it. */
    static GuardedInput open(InputStream raw, boolean gzip, long maxBytes, IntakeLimits limits, LongConsumer progress)
            throws IOException {
        Counter counter = new Counter(raw, progress);
        try {
            InputStream in = gzip ? new GZIPInputStream(counter, BUFFER) : counter;
            return new GuardedInput(in, counter, gzip, maxBytes, limits);
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) {
            bytes += read;
            if (bytes > maxBytes) {
                throw new Unreadable("the file holds more than " + maxBytes
                        + " bytes, which is the limit. Maybe split the fleet into several directories");
            }
            if (gzip && bytes > limits.gzipRatioFrom() && bytes / limits.maxGzipRatio() > compressed.bytes) {
                throw new Unreadable("the file grows more than " + limits.maxGzipRatio()
                        + "-fold when it is decompressed, which is the limit. Maybe it is no usage file");
            }
        }
        return read;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Counts what is taken from the file itself. */
    private static final class Counter extends FilterInputStream {
        private final LongConsumer progress;
        private long bytes;

        Counter(InputStream in, LongConsumer progress) {
            super(in);
            this.progress = progress;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            if (read > 0) {
                bytes += read;
                progress.accept(bytes);
            }
            return read;
        }

        @Override
        public int read() throws IOException {
            int read = super.read();
            if (read >= 0) {
                bytes++;
            }
            return read;
        }
    }
}
