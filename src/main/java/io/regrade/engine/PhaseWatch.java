package io.regrade.engine;

/**
 * Told when a phase of an evaluation begins and ends, by the thread that evaluates. Implementations are thread-safe and
 * quick; the engine itself reads no clock.
 */
public interface PhaseWatch {

    /** Watches nothing. */
    PhaseWatch NONE = new PhaseWatch() {
        @Override
        public long begin() {
            return 0;
        }

        @Override
        public void end(String phase, long mark) {
            // nobody asks
        }
    };

    /** A phase begins; the answer is handed back at its end. */
    long begin();

    /**
     * A phase has ended.
     *
     * @param phase a phase's key, such as {@code needs}; {@code shortlist} for the search of targets and
     *     {@code simulate} for their projections
     * @param mark what {@link #begin()} answered
     */
    void end(String phase, long mark);
}
