package io.regrade.pipeline;

import java.util.List;

/**
 * The smallest changes of one fact each that turn a decision.
 *
 * @param remade the decision
 * @param turns those that turn it, the smallest in relation to what is there first; those whose size cannot be compared
 *     last
 * @param turnsInAll how many were found, those that are not listed included
 * @param unturned what was varied and turns nothing
 * @param unvaried what could not be varied
 * @param evaluations how many times it was decided to find out
 * @param complete whether everything was looked at; otherwise so many evaluations were too few
 */
public record Counterfactuals(
        Remade remade,
        List<Counterfactual> turns,
        int turnsInAll,
        List<Unturned> unturned,
        List<Unvaried> unvaried,
        int evaluations,
        boolean complete) {

    /**
     * What was varied without turning the decision on at least one side.
     *
     * @param fact which fact
     * @param field which field
     * @param unit its unit, empty when it has none
     * @param from what it is, as text when it is no number
     * @param number what it is, NaN when it is no number
     * @param least how far down it was varied; what it is when that side turns
     * @param greatest how far up it was varied; what it is when that side turns
     */
    public record Unturned(
            String fact, String field, String unit, String from, double number, double least, double greatest) {}

    /**
     * Something that cannot be varied.
     *
     * @param fact which fact
     * @param why the sentence
     */
    public record Unvaried(String fact, String why) {}

    /** Copies the lists. */
    public Counterfactuals {
        turns = List.copyOf(turns);
        unturned = List.copyOf(unturned);
        unvaried = List.copyOf(unvaried);
    }
}
