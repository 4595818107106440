package io.regrade.ledger.pack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What of a body was written or read so far, to be referred to. Not thread-safe. */
final class Seen {

    private final List<Amount> amounts = new ArrayList<>();
    private final Map<Amount, Integer> places = new HashMap<>();
    private final Map<Amount, Integer> inSentences = new HashMap<>();
    private final Words names;
    private int fact;

    Seen(List<byte[]> context) {
        this.names = Words.of(context);
    }

    void add(Amount amount) {
        places.put(amount, amounts.size());
        inSentences.put(amount.inSentence(), amounts.size());
        amounts.add(amount);
    }

    Amount amount(int place) {
        if (place >= amounts.size()) {
            throw new DamagedPackException("it refers to a number that was not there yet");
        }
        return amounts.get(place);
    }

    /** How many different numbers there were. */
    int amounts() {
        return amounts.size();
    }

    @Nullable
    Integer place(Amount amount) {
        return places.get(amount);
    }

    /** Where a number was that sentences write like this one. */
    @Nullable
    Integer placeInSentence(Amount amount) {
        return inSentences.get(amount);
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
