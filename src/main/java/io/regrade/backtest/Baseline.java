package io.regrade.backtest;

/** A published way to size a machine by what it used. Stateless; safe to share between threads. */
public interface Baseline {

    /** What it is called in reports. */
    String name();

    /**
     * The size it asks for.
     *
     * @param past the samples before the decision, at least one
     * @param decidedAt the moment of the decision, seconds since 1970-01-01T00:00Z
     */
    Wanted wanted(Window past, long decidedAt);
}
