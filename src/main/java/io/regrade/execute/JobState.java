package io.regrade.execute;

import java.util.Locale;

/** Where a job stands. */
public enum JobState {
    /** It is to be looked whether it may be done. */
    PLANNED(false),
    /** It may be done, and nothing has been asked of the cloud yet. */
    PRECHECKED(false),
    /** The cloud is being asked for the change, or was, and has not shown it yet. */
    ACTING(false),
    /** The cloud shows the change, which is not final yet. */
    VERIFYING(false),
    /** The cloud is being asked to make the change final. */
    CONFIRMING(false),
    /** The cloud is being asked to take the change back. */
    REVERTING(false),
    /** The machine is as it was to be, for good. */
    CONFIRMED(true),
    /** The change was made and taken back: the machine is as it was. */
    ROLLED_BACK(true),
    /** Nothing was changed, because it could not be. */
    FAILED(true),
    /** Nothing was changed, because it was no longer wanted or no longer true. */
    CANCELLED(true),
    /** Nobody knows what became of the machine. Looked at again and again; no other job takes the machine meanwhile. */
    UNCLEAR(false);

    private final boolean over;

    JobState(boolean over) {
        this.over = over;
    }

    /** Whether nothing more is done. */
    public boolean isOver() {
        return over;
    }

    /** Whether nothing has been asked of the cloud so far. */
    public boolean isBeforeActing() {
        return this == PLANNED || this == PRECHECKED;
    }

    /** As it is written, such as {@code rolled-back}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The state of a key. */
    public static JobState of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
}
