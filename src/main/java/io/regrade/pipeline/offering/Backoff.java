package io.regrade.pipeline.offering;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failed attempt: twice as long each time, at most a day, and a random part of it less, so that not
 * everything that failed together comes back together. Thread-safe when {@code random} is.
 *
 * @param attempts how often something is tried at all, at least 1
 * @param first about how long after the first attempt
 * @param random where chance comes from
 */
public record Backoff(int attempts, Duration first, RandomGenerator random) {

    private static final Duration MOST = Duration.ofDays(1);

    /** How long to wait after so many attempts, between half and the whole of the step; empty when it is given up. */
    public Optional<Duration> after(int tried) {
        if (tried >= attempts) {
            return Optional.empty();
        }
        long whole = MOST.toMillis();
        int doublings = Math.max(0, tried - 1);
        if (doublings < 32 && first.toMillis() << doublings < whole) {
            whole = first.toMillis() << doublings;
        }
        return Optional.of(Duration.ofMillis(whole / 2 + random.nextLong(whole / 2 + 1)));
    }
}
