package io.regrade.execute;

/** Says what follows from what a cloud shows: the course of every job, without the cloud. Stateless. */
public final class Judge {

    /** How often something is asked for that never begins. */
    public static final int MOST_TRIES = 3;

    private Judge() {}

    /**
     * What is known of a job besides what the cloud shows.
     *
     * @param state where it stands
     * @param answered whether the cloud said yes to what was asked last
     * @param tries how often that was asked
     * @param unwanted whether it is to be undone: somebody said so, or the approval was withdrawn
     * @param held whether the change is still to be watched before it is made final
     * @param patient whether there is time left to wait
     */
    public record Known(JobState state, boolean answered, int tries, boolean unwanted, boolean held, boolean patient) {}

    /**
     * What is to be done next.
     *
     * @throws IllegalArgumentException for a state in which no cloud is looked at
     */
    public static Verdict next(Known known, Sighting.What seen) {
        return switch (known.state()) {
            case ACTING -> acting(known, seen);
            case VERIFYING -> verifying(known, seen);
            case CONFIRMING -> confirming(known, seen);
            case REVERTING -> reverting(known, seen);
            case UNCLEAR -> unclear(known, seen);
            default ->
                throw new IllegalArgumentException(
                        "nothing is looked at in `" + known.state().key() + "`");
        };
    }

    private static Verdict acting(Known known, Sighting.What seen) {
        return switch (seen) {
            case AS_BEFORE ->
                !known.answered()
                        ? known.unwanted() ? Verdict.CANCELLED : again(known, Verdict.FAILED)
                        : orElse(known, Verdict.FAILED);
            case UNDER_WAY -> orElse(known, Verdict.UNCLEAR);
            case AWAITS, DONE -> Verdict.VERIFY;
            case COULD_NOT -> Verdict.FAILED;
            case ELSEWHERE, GONE -> Verdict.UNCLEAR;
        };
    }

    private static Verdict verifying(Known known, Sighting.What seen) {
        return switch (seen) {
            case AWAITS -> known.unwanted() ? Verdict.REVERT : known.held() ? Verdict.WAIT : Verdict.CONFIRM;
            case DONE -> Verdict.CONFIRMED; // it is final: only an execution of its own can take it back
            case AS_BEFORE, COULD_NOT -> Verdict.ROLLED_BACK;
            case UNDER_WAY -> orElse(known, Verdict.UNCLEAR);
            case ELSEWHERE, GONE -> Verdict.UNCLEAR;
        };
    }

    private static Verdict confirming(Known known, Sighting.What seen) {
        return switch (seen) {
            case DONE -> Verdict.CONFIRMED;
            case AWAITS -> known.answered() ? orElse(known, Verdict.UNCLEAR) : again(known, Verdict.UNCLEAR);
            case AS_BEFORE, COULD_NOT -> Verdict.ROLLED_BACK;
            case UNDER_WAY -> orElse(known, Verdict.UNCLEAR);
            case ELSEWHERE, GONE -> Verdict.UNCLEAR;
        };
    }

    private static Verdict reverting(Known known, Sighting.What seen) {
        return switch (seen) {
            case AS_BEFORE, COULD_NOT -> Verdict.ROLLED_BACK;
            case AWAITS -> known.answered() ? orElse(known, Verdict.UNCLEAR) : again(known, Verdict.UNCLEAR);
            case DONE -> Verdict.CONFIRMED; // somebody else made it final
            case UNDER_WAY -> orElse(known, Verdict.UNCLEAR);
            case ELSEWHERE, GONE -> Verdict.UNCLEAR;
        };
    }

    /** What was unclear goes on once the cloud shows something plain. */
    private static Verdict unclear(Known known, Sighting.What seen) {
        return switch (seen) {
            case AS_BEFORE, COULD_NOT -> known.unwanted() ? Verdict.ROLLED_BACK : Verdict.FAILED;
            case AWAITS, DONE -> Verdict.VERIFY;
            case UNDER_WAY, ELSEWHERE, GONE -> Verdict.WAIT;
        };
    }

    private static Verdict again(Known known, Verdict otherwise) {
        return known.tries() < MOST_TRIES ? Verdict.ASK : otherwise;
    }

    private static Verdict orElse(Known known, Verdict otherwise) {
        return known.patient() ? Verdict.WAIT : otherwise;
    }
}
