package io.regrade.execute;

/** What is to be done next with a job whose machine was looked at. */
public enum Verdict {
    /** Ask for the same thing again: it has not begun. */
    ASK,
    /** Look again later. */
    WAIT,
    /** The change is there: see whether it is to stay. */
    VERIFY,
    /** Ask to make it final. */
    CONFIRM,
    /** Ask to take it back. */
    REVERT,
    /** It is as it was to be. */
    CONFIRMED,
    /** It is as it was, after it had been changed. */
    ROLLED_BACK,
    /** It is as it was, because it could not be changed. */
    FAILED,
    /** It is as it was, because it is not wanted any more. */
    CANCELLED,
    /** Nobody can tell. */
    UNCLEAR
}
