package io.regrade.intake.telemetry.remote;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The names and values of a series as bytes: the label fields of a message of version 1.0, one after the other. Two series
 * with equal bytes have equal labels, so that a receiver who knows a series need not read its texts. A copy may be kept; the
 * one a sink is given is overwritten.
 */
public final class Labels {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private byte[] bytes;
    private int from;
    private int to;
    private int hash;

    Labels() {
        bytes = new byte[0];
    }

    private Labels(byte[] bytes, int hash) {
        this.bytes = bytes;
        this.to = bytes.length;
        this.hash = hash;
    }

    void set(byte[] newBytes, int newFrom, int newTo) {
        bytes = newBytes;
        from = newFrom;
        to = newTo;
        hash = hash(newBytes, newFrom, newTo);
    }

    private static int hash(byte[] bytes, int from, int to) {
        long state = to - from;
        int at = from;
        for (; at + 8 <= to; at += 8) {
            state = (state ^ (long) LONG.get(bytes, at)) * MIX;
            state ^= state >>> 32;
        }
        for (; at < to; at++) {
            state = (state ^ bytes[at]) * MIX;
        }
        return (int) (state ^ (state >>> 32));
    }

    /** These labels, to be kept. */
    public Labels copy() {
        return new Labels(Arrays.copyOfRange(bytes, from, to), hash);
    }

    /** How many bytes they take. */
    public int length() {
        return to - from;
    }

    /**
     * Names and values in turn, as they were sent.
     *
     * @throws MalformedWriteException when they are none
     */
    public List<String> texts() {
        List<String> texts = new ArrayList<>();
        Wire labels = new Wire(bytes, from, to);
        while (labels.hasMore()) {
            labels.tag();
            Wire label = labels.message();
            String name = "";
            String value = "";
            while (label.hasMore()) {
                int tag = label.tag();
                if (tag == RemoteWrite.BYTES_1) {
                    name = label.text();
                } else if (tag == RemoteWrite.BYTES_2) {
                    value = label.text();
                } else {
                    label.skipField(tag);
                }
            }
            texts.add(name);
            texts.add(value);
        }
        return texts;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Labels that
                        && hash == that.hash
                        && Arrays.equals(bytes, from, to, that.bytes, that.from, that.to));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return String.join(" ", texts());
    }
}
