package io.regrade.fact;

import org.jspecify.annotations.Nullable;

/**
 * What the rules chose.
 *
 * @param action what to do
 * @param target where to move, null unless the action is to reclassify
 * @param why the sentence that explains it
 */
public record Choice(Action action, @Nullable Target target, String why) {

    /** Makes its text writable. */
    public Choice {
        why = Characters.writable(why);
    }

    public static Choice keep(String why) {
        return new Choice(Action.KEEP, null, why);
    }

    public static Choice insufficientData(String why) {
        return new Choice(Action.INSUFFICIENT_DATA, null, why);
    }

    public static Choice instantiate(String why) {
        return new Choice(Action.INSTANTIATE, null, why);
    }

    public static Choice reclassify(Candidate candidate, String why) {
        return new Choice(Action.RECLASSIFY, candidate.target(), why);
    }
}
