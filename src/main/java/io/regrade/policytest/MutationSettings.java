package io.regrade.policytest;

/**
 * Which changes are tried, and for how long.
 *
 * @param only the id of the rule that is changed, with the parameters it uses, or the name of a parameter; empty for all
 * @param seconds when these are over, no further change is tried
 * @param threads how many changes are tried at a time, at least 1
 * @param progress told how many of how many changes were tried, by any thread
 */
public record MutationSettings(String only, double seconds, int threads, Progress progress) {

    /** Hears how far it is. */
    public interface Progress {

        /** Called after each change, with those that were tried and all there are. */
        void at(int done, int total);
    }

    /** The same for another time. */
    MutationSettings within(double otherSeconds) {
        return new MutationSettings(only, otherSeconds, threads, progress);
    }

    /** The same as a part of more work: so many were tried before, of so many in all. */
    MutationSettings counting(int before, int all) {
        return new MutationSettings(only, seconds, threads, (done, total) -> progress.at(before + done, all));
    }
}
