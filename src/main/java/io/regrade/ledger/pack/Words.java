package io.regrade.ledger.pack;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Texts, as bytes, with their numbers from 0 on; found without a copy of the bytes they are looked for in. Not thread-safe while it grows. */
final class Words {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    /** No such word. */
    static final int NONE = -1;

    private final List<byte[]> words = new ArrayList<>();
    private int[] slots;

    Words(int expected) {
        this.slots = new int[Math.max(16, Integer.highestOneBit(Math.max(1, expected)) * 4)];
    }

    static Words of(List<byte[]> all) {
        Words words = new Words(all.size());
        all.forEach(word -> words.add(word, 0, word.length));
        return words;
    }

    static int hash(byte[] bytes, int from, int to) {
        long hash = to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = (hash ^ (long) EIGHT.get(bytes, at)) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 29;
        }
        for (; at < to; at++) {
            hash = (hash ^ bytes[at]) * 0x9E3779B97F4A7C15L;
        }
        return (int) (hash ^ hash >>> 32);
    }

    int size() {
        return words.size();
    }

    byte[] get(int number) {
        if (number < 0 || number >= words.size()) {
            throw new DamagedPackException("it names a word that is not known");
        }
        return words.get(number);
    }

    int find(byte[] bytes, int from, int to, int hash) {
        for (int slot = spread(hash); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
            int number = slots[slot] - 1;
            byte[] word = words.get(number);
            if (word.length == to - from && Arrays.equals(word, 0, word.length, bytes, from, to)) {
                return number;
            }
        }
        return NONE;
    }

    int find(byte[] bytes, int from, int to) {
        return find(bytes, from, to, hash(bytes, from, to));
    }

    /** Adds a word that is not there; gives its number. */
    int add(byte[] bytes, int from, int to) {
        words.add(Arrays.copyOfRange(bytes, from, to));
        if (words.size() * 2 > slots.length) {
            slots = new int[slots.length * 2];
            for (int i = 0; i < words.size() - 1; i++) {
                place(i);
            }
        }
        place(words.size() - 1);
        return words.size() - 1;
    }

    private void place(int number) {
        byte[] word = words.get(number);
        int slot = spread(hash(word, 0, word.length));
        while (slots[slot] != 0) {
            slot = slot + 1 & slots.length - 1;
        }
        slots[slot] = number + 1;
    }

    private int spread(int hash) {
        return (hash ^ hash >>> 15) & slots.length - 1;
    }
}
