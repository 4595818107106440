package io.regrade.execute;

/**
 * What a cloud shows of a machine that something was asked for.
 *
 * @param what how it stands
 * @param detail in words, for people; may be empty
 */
public record Sighting(What what, String detail) {

    /** How a machine stands. */
    public enum What {
        /** As it was, and the cloud knows of no attempt to change it. */
        AS_BEFORE,
        /** On its way, there or back. */
        UNDER_WAY,
        /** As it is to be, until it is confirmed or taken back. */
        AWAITS,
        /** As it is to be, for good. */
        DONE,
        /** As it was: the cloud tried, and could not. */
        COULD_NOT,
        /** Neither as it was nor as it is to be: somebody else changed it. */
        ELSEWHERE,
        /** The cloud knows no such machine. */
        GONE
    }

    /** A sighting that says it all. */
    public static Sighting of(What what) {
        return new Sighting(what, "");
    }
}
