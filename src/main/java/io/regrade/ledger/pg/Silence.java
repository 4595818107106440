package io.regrade.ledger.pg;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** After how long without a word a server that works on something is taken to have gone. */
final class Silence {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private Silence() {}

    /** Whether who was heard of last at a moment has gone. */
    static boolean isTooLong(Instant heardOf, Clock clock) {
        return !heardOf.plus(LONGEST).isAfter(clock.instant());
    }
}
