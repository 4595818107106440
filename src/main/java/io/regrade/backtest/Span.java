package io.regrade.backtest;

import io.regrade.fact.Numbers;

/**
 * The time that the samples of a fleet cover.
 *
 * @param from the first sample of all machines, seconds since 1970-01-01T00:00Z
 * @param to the last one
 */
record Span(long from, long to) {

    private static final long SECONDS_A_DAY = 86_400;

    /**
     * Reads all samples once.
     *
     * @throws BacktestException when there are none
     */
    static Span of(SampleSource samples) {
        long[] span = {Long.MAX_VALUE, Long.MIN_VALUE};
        samples.read((vm, series) -> {
            span[0] = Math.min(span[0], series.time(0));
            span[1] = Math.max(span[1], series.time(series.size() - 1));
        });
        if (span[0] > span[1]) {
            throw new BacktestException("the fleet has no samples. Maybe `usage.csv` holds only its header");
        }
        return new Span(span[0], span[1]);
    }

    /**
     * The moment so many days after the first sample.
     *
     * @throws BacktestException when no sample comes later
     */
    long after(int days) {
        long moment = from + days * SECONDS_A_DAY;
        if (moment > to) {
            throw new BacktestException("the samples cover "
                    + Numbers.show((double) (to - from) / SECONDS_A_DAY) + " days, so that `--train-days " + days
                    + "` leaves nothing to score. Maybe fewer");
        }
        return moment;
    }
}
