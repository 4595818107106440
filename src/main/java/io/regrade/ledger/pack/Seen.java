package io.regrade.ledger.pack;

import java.util.ArrayList;
import java.util.List;

/** What of a body was written or read so far, to be referred to. Not thread-safe. */
final class Seen {

    /** Not there yet. */
    static final int NONE = -1;

    private static final int SLOTS = 1024;

    private final List<Amount> amounts = new ArrayList<>();
    private final List<Amount> sentences = new ArrayList<>();
    private int[] places = new int[SLOTS];
    private int[] inSentences = new int[SLOTS];
    private final Words names;
    private int fact;

    Seen(List<byte[]> context) {
        this.names = Words.of(context);
    }

    /** Adds a number that was not there yet. */
    void add(Amount amount) {
        amounts.add(amount);
        sentences.add(amount.inSentence());
        if (amounts.size() * 2 > places.length) {
            places = new int[2 * places.length];
            inSentences = new int[places.length];
            for (int i = 0; i < amounts.size(); i++) {
                put(i);
            }
        } else {
            put(amounts.size() - 1);
        }
    }

    private void put(int place) {
        places[slot(places, amounts, amounts.get(place))] = place + 1;
        // Of several that sentences write alike, the last counts.
        inSentences[slot(inSentences, sentences, sentences.get(place))] = place + 1;
    }

    /** Where a number is in a table, or where it would be. */
    private static int slot(int[] table, List<Amount> all, Amount amount) {
        long hash = (amount.digits() * 31 + amount.scale()) * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 40) & table.length - 1;
        while (table[slot] != 0 && !all.get(table[slot] - 1).equals(amount)) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    Amount amount(int place) {
        if (place >= amounts.size()) {
            throw new DamagedPackException("it refers to a number that was not there yet");
        }
        return amounts.get(place);
    }

    /** Where a number was, or {@link #NONE}. */
    int place(Amount amount) {
        return places[slot(places, amounts, amount)] - 1;
    }

    /** Where a number was that sentences write like this one, or {@link #NONE}. */
    int placeInSentence(Amount amount) {
        return inSentences[slot(inSentences, sentences, amount)] - 1;
    }

    Words names() {
        return names;
    }

    /** The highest number of a fact so far. */
    int fact() {
        return fact;
    }

    void fact(int number) {
        fact = Math.max(fact, number);
    }
}
