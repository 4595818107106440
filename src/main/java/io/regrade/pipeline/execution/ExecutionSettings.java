package io.regrade.pipeline.execution;

import java.time.Duration;

/**
 * How executions go on.
 *
 * @param workers how many are worked on at a time, by this server
 * @param look how often it is looked for one that is due
 * @param poll how long to wait before a cloud is looked at again
 * @param patience how long something may take that a cloud was asked for
 * @param settle how long to wait after a question without an answer, before it is believed not to have arrived
 */
public record ExecutionSettings(int workers, Duration look, Duration poll, Duration patience, Duration settle) {

    /** How long something unclear is left alone before it is looked at again. */
    static final Duration UNCLEAR = Duration.ofMinutes(1);

    /** What holds when nothing else is said. */
    public static final ExecutionSettings DEFAULT = new ExecutionSettings(
            2, Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMinutes(10), Duration.ofSeconds(5));
}
