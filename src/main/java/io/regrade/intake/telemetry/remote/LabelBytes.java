package io.regrade.intake.telemetry.remote;

import java.util.Arrays;

/** Puts label fields of version 1.0 together. */
final class LabelBytes {

    private byte[] bytes = new byte[512];
    private int size;

    void clear() {
        size = 0;
    }

    /** Label fields as they are. */
    LabelBytes add(byte[] from, int start, int end) {
        room(end - start);
        System.arraycopy(from, start, bytes, size, end - start);
        size += end - start;
        return this;
    }

    /** A label whose name and value are in a table. */
    void add(Symbols symbols, int name, int value) {
        Wire first = symbols.text(name);
        Wire second = symbols.text(value);
        int firstLength = first.end() - first.at();
        int secondLength = second.end() - second.at();
        field(RemoteWrite.BYTES_1, 2 + width(firstLength) + firstLength + width(secondLength) + secondLength);
        field(RemoteWrite.BYTES_1, firstLength);
        add(first.bytes(), first.at(), first.end());
        field(RemoteWrite.BYTES_2, secondLength);
        add(second.bytes(), second.at(), second.end());
    }

    private void field(int tag, int length) {
        room(6);
        bytes[size++] = (byte) tag;
        int left = length;
        while (left >= 0x80) {
            bytes[size++] = (byte) (left | 0x80);
            left >>>= 7;
        }
        bytes[size++] = (byte) left;
    }

    private static int width(int length) {
        int width = 1;
        for (int left = length >>> 7; left > 0; left >>>= 7) {
            width++;
        }
        return width;
    }

    private void room(int more) {
        if (size + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
        }
    }

    void into(Labels labels) {
        labels.set(bytes, 0, size);
    }
}
