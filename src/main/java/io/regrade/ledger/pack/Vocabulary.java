package io.regrade.ledger.pack;

import java.util.List;

/**
 * What the bodies of one purpose have in common. Immutable once made, thread-safe.
 *
 * @param phrases texts between what varies
 * @param names names that come again in other bodies
 * @param grid values of bins, ascending
 */
record Vocabulary(Words phrases, Words names, double[] grid) {

    static final Vocabulary EMPTY = new Vocabulary(Words.of(List.of()), Words.of(List.of()), new double[0]);

    void write(ByteWriter out) {
        write(phrases, out);
        write(names, out);
        out.varint(grid.length);
        for (double value : grid) {
            out.eight(Double.doubleToRawLongBits(value));
        }
    }

    private static void write(Words words, ByteWriter out) {
        out.varint(words.size());
        for (int i = 0; i < words.size(); i++) {
            byte[] word = words.get(i);
            out.block(word, 0, word.length);
        }
    }

    static Vocabulary read(ByteReader in) {
        Words phrases = words(in);
        Words names = words(in);
        int values = in.count();
        in.has(values);
        double[] grid = new double[values];
        for (int i = 0; i < values; i++) {
            grid[i] = Double.longBitsToDouble(in.eight());
        }
        return new Vocabulary(phrases, names, grid);
    }

    private static Words words(ByteReader in) {
        int count = in.count();
        in.has(count);
        Words words = new Words(count);
        for (int i = 0; i < count; i++) {
            byte[] word = in.block();
            words.add(word, 0, word.length);
        }
        return words;
    }
}
