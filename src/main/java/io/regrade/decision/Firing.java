package io.regrade.decision;

import java.util.List;

/**
 * One rule that fired.
 *
 * @param phase when it fired
 * @param rule the rule's id
 * @param matched the facts it matched, in the order of its patterns
 * @param concluded the facts it concluded
 */
public record Firing(Phase phase, String rule, List<Object> matched, List<Object> concluded) {}
