package io.regrade.pipeline;

import io.regrade.decision.Decision;

/**
 * A decision with the bytes that its facts digest is made of.
 *
 * @param decision the decision
 * @param facts canonical JSON of the facts; not to be changed
 */
public record Decided(Decision decision, byte[] facts) {}
