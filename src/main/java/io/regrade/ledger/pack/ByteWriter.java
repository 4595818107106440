package io.regrade.ledger.pack;

import java.util.Arrays;

/** Bytes that grow. Not thread-safe. */
public final class ByteWriter {

    /** Makes an empty one. */
    public ByteWriter() {}

    private byte[] bytes = new byte[512];
    private int size;

    /** One byte. */
    public void write(int value) {
        room(1);
        bytes[size++] = (byte) value;
    }

    void write(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, size, end - start);
        size += end - start;
    }

    void write(byte[] all) {
        write(all, 0, all.length);
    }

    void write(ByteWriter other) {
        write(other.bytes, 0, other.size);
    }

    /** A whole number from 0 on: seven bits a byte, the lowest first, as protocol buffers do. */
    public void varint(long value) {
        long rest = value;
        while (rest >>> 7 != 0) {
            write((int) rest & 127 | 128);
            rest >>>= 7;
        }
        write((int) rest);
    }

    /** Bytes with their number before them. */
    void block(byte[] from, int start, int end) {
        varint(end - start);
        write(from, start, end);
    }

    void block(ByteWriter other) {
        block(other.bytes, 0, other.size);
    }

    /** A number of eight bytes, the highest first. */
    public void eight(long value) {
        room(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (value >>> shift);
        }
    }

    /** Begins anew. */
    public void clear() {
        size = 0;
    }

    /** A copy of all. */
    public byte[] bytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, bytes.length * 2));
        }
    }
}
