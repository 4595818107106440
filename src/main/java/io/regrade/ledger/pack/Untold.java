package io.regrade.ledger.pack;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Where in a body something stands that must not be learnt: where it is a string by itself, and, when it is not short, where
 * it is a word of a longer text. A name of a member is none of it. Used once.
 */
final class Untold {

    /** Shorter texts, such as {@code true}, are too often a word that means something else. */
    private static final int LONG = 6;

    private final byte[] json;
    private final BitSet places = new BitSet();

    private Untold(byte[] json) {
        this.json = json;
    }

    static Untold in(byte[] json, List<byte[]> texts) {
        Untold untold = new Untold(json);
        for (byte[] text : texts) {
            if (text.length > 0) {
                untold.find(text);
            }
        }
        return untold;
    }

    private void find(byte[] text) {
        for (int from = 0; from + text.length <= json.length; from++) {
            int to = from + text.length;
            if (json[from] == text[0] && Arrays.equals(json, from, to, text, 0, text.length) && counts(from, to)) {
                places.set(from, to);
            }
        }
    }

    private boolean counts(int from, int to) {
        if (is(from - 1, '"') && is(to, '"')) {
            return !is(to + 1, ':');
        }
        return to - from >= LONG && !isLetter(from - 1) && !isLetter(to);
    }

    private boolean is(int at, char c) {
        return at >= 0 && at < json.length && json[at] == c;
    }

    private boolean isLetter(int at) {
        return at >= 0 && at < json.length && (json[at] < 0 || Character.isLetterOrDigit(json[at]));
    }

    /** Whether some of it is between two places. */
    boolean isBetween(int from, int to) {
        int next = places.nextSetBit(from);
        return next >= 0 && next < to;
    }
}
