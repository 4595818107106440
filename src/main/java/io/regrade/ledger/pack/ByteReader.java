package io.regrade.ledger.pack;

import java.util.Arrays;

/** Reads what {@link ByteWriter} wrote. Not thread-safe. Every method fails with {@link DamagedPackException} at the end. */
public final class ByteReader {

    private final byte[] bytes;
    private final int end;
    private int at;

    /** Reads all of these. */
    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ByteReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Whether all was read. */
    public boolean isAtEnd() {
        return at == end;
    }

    /** One byte, 0 to 255. */
    public int read() {
        if (at >= end) {
            throw new DamagedPackException("it ends too early");
        }
        return bytes[at++] & 255;
    }

    byte[] read(int count) {
        has(count);
        at += count;
        return Arrays.copyOfRange(bytes, at - count, at);
    }

    /** Fails unless there are so many bytes at least. */
    void has(int count) {
        if (count > end - at) {
            throw new DamagedPackException("it ends too early");
        }
    }

    byte[] rest() {
        return read(end - at);
    }

    /** What {@link ByteWriter#varint} wrote. */
    public long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = read();
            value |= (long) (next & 127) << shift;
            if (next < 128) {
                return value;
            }
        }
        throw new DamagedPackException("a number in it has no end");
    }

    /** A whole number that stands for a place or a length. */
    public int count() {
        long value = varint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new DamagedPackException("a number in it is out of range");
        }
        return (int) value;
    }

    byte[] block() {
        return read(count());
    }

    /** What {@link ByteWriter#block(ByteWriter)} wrote, without a copy. */
    ByteReader part() {
        int length = count();
        has(length);
        at += length;
        return new ByteReader(bytes, at - length, at);
    }

    /** What {@link ByteWriter#eight} wrote. */
    public long eight() {
        long value = 0;
        for (int i = 0; i < 8; i++) {
            value = value << 8 | read();
        }
        return value;
    }
}
