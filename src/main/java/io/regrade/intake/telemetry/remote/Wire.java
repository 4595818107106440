package io.regrade.intake.telemetry.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Reads the wire format of protocol buffers (https://protobuf.dev/programming-guides/encoding) from some bytes, without a
 * copy. Every step is checked against the end. Not safe for use by two threads at a time.
 */
final class Wire {

    private static final VarHandle DOUBLE =
            MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;

    Wire(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** The place of the next byte. */
    int at() {
        return at;
    }

    /** The place after the last byte. */
    int end() {
        return end;
    }

    byte[] bytes() {
        return bytes;
    }

    /** What is left, read by itself. */
    Wire rest() {
        return new Wire(bytes, at, end);
    }

    /** The next number alone. */
    Wire one() {
        int from = at;
        varint();
        return new Wire(bytes, from, at);
    }

    /** Whether the next field is this one, where its tag takes one byte. */
    boolean isNext(int tag) {
        return bytes[at] == tag;
    }

    boolean hasMore() {
        return at < end;
    }

    /** The next field with its type: {@code number << 3 | type}. */
    int tag() {
        long tag = varint();
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw malformed("there is no field of this number");
        }
        return (int) tag;
    }

    long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw malformed("the body ends within a number");
            }
            byte next = bytes[at++];
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a number has more than ten bytes");
    }

    double float64() {
        double value = (double) DOUBLE.get(bytes, skip(8));
        return value;
    }

    /** What a field of bytes holds: a message within this one, or numbers one after the other. */
    Wire message() {
        int length = length();
        int from = skip(length);
        return new Wire(bytes, from, from + length);
    }

    String text() {
        int length = length();
        return new String(bytes, skip(length), length, UTF_8);
    }

    private int length() {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw malformed("a field is longer than what is left");
        }
        return (int) length;
    }

    /** Goes over a field that is not asked for. */
    void skipField(int tag) {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED64 -> skip(8);
            case BYTES -> skip(length());
            case FIXED32 -> skip(4);
            default -> throw malformed("a field is of a type that there is not");
        }
    }

    private int skip(int length) {
        if (length > end - at) {
            throw malformed("the body ends within a field");
        }
        int from = at;
        at += length;
        return from;
    }

    MalformedWriteException malformed(String why) {
        return new MalformedWriteException("byte " + at + ": " + why + ". Maybe it is another message");
    }
}
