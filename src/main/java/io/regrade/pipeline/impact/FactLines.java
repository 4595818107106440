package io.regrade.pipeline.impact;

/**
 * The names in the lines that hand facts from one process to another: NDJSON, each line an object.
 *
 * <p>A line {@code time} holds for the facts after it, and so do the {@code target}s before a line {@code pricing}, which
 * ends a catalogue; a further catalogue takes its place.
 */
final class FactLines {

    /** The files of the policy in force, text by path; on the first line, if at all. */
    static final String ACTIVE = "active";
    /** How many lines with facts there are in all, where that is known. */
    static final String TOTAL = "total";
    /** The moment at which what follows is decided, RFC 3339. */
    static final String TIME = "time";
    /** A target, as its canonical JSON. */
    static final String TARGET = "target";
    /** The business model, as its canonical JSON. */
    static final String PRICING = "pricing";
    /** What is known of one machine, as its canonical JSON; the first member of its line. */
    static final String FACTS = "facts";
    /** Beside facts: the past decision that they are of. */
    static final String DECISION = "decision";
    /** What cannot be had: a number by reason. */
    static final String UNUSABLE = "unusable";

    private FactLines() {}
}
