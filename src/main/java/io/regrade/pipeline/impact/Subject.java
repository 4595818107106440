package io.regrade.pipeline.impact;

import io.regrade.fact.EvaluationTime;
import io.regrade.fact.VmFacts;
import org.jspecify.annotations.Nullable;

/**
 * One machine that both policies decide. They see the very same facts, setting and time.
 *
 * @param facts what is known of it
 * @param time the moment it is decided at
 * @param setting what it is decided in
 * @param decision the id of the past decision that the facts are of; null when they are of today
 */
public record Subject(
        VmFacts facts,
        EvaluationTime time,
        Setting setting,
        @Nullable String decision) {}
